package io.lensmill.contracts;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Every topic of Lensmill, declared once. */
public final class Topics {

    /** Largest message that any topic takes: an 8 MiB image and its envelope. */
    public static final int MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

    private static final int SMALL_MESSAGE_BYTES = 1024 * 1024;

    public static final Topic IMAGES = input("lensmill.images", "imageId", LensImage.class, 4, MAX_MESSAGE_BYTES);
    /** Time and retention as their worker has them: whoever folds them anew wants when each image was classified. */
    public static final Topic CLASSIFICATIONS = new Topic(
            "lensmill.classifications", "imageId", Classification.class, 4, false, false, SMALL_MESSAGE_BYTES);

    public static final Topic CLASSIFIER_TRAINING_REQUESTS =
            input("lensmill.classifier.training-requests", "jobId", TrainingRequest.class, 2, SMALL_MESSAGE_BYTES);
    public static final Topic DIFFUSION_TRAINING_REQUESTS =
            input("lensmill.diffusion.training-requests", "jobId", TrainingRequest.class, 2, SMALL_MESSAGE_BYTES);
    public static final Topic GENERATION_REQUESTS =
            input("lensmill.generation-requests", "jobId", GenerationRequest.class, 2, SMALL_MESSAGE_BYTES);
    public static final Topic JOB_CANCELLATIONS =
            input("lensmill.job-cancellations", "jobId", CancelRequest.class, 1, SMALL_MESSAGE_BYTES);
    public static final Topic JOBS = newestOfKey("lensmill.jobs", "jobId", JobEvent.class);
    public static final Topic MODELS = newestOfKey("lensmill.models", "modelId", ModelPublished.class);
    public static final Topic SAMPLES = input("lensmill.samples", "jobId", SampleBatch.class, 4, SMALL_MESSAGE_BYTES);
    /** As many partitions as {@link #CLASSIFICATIONS}: labels meet the classifications of their image. */
    public static final Topic LABELS = input("lensmill.labels", "imageId", ImageLabel.class, 4, SMALL_MESSAGE_BYTES);

    public static final Topic COLLECTION_COMMANDS =
            input("lensmill.collection-commands", "collection", CollectionCommand.class, 1, SMALL_MESSAGE_BYTES);
    public static final Topic REPORTS = newestOfKey("lensmill.reports", "modelId/collection", MetricReport.class);
    /**
     * The refused message's raw bytes, cut where they are too many; headers say why and where it stood, see {@link
     * DeadLetterHeaders}.
     */
    public static final Topic DEAD_LETTERS =
            input("lensmill.dead-letters", "key of the refused message", null, 1, MAX_MESSAGE_BYTES);

    /** What consumer groups never saw because it was deleted before; see {@link UnseenRecords}. */
    public static final Topic UNSEEN =
            newestOfKey("lensmill.unseen", "group/topic/partition/fromOffset", UnseenRecords.class);

    public static final List<Topic> ALL = List.of(
            IMAGES,
            CLASSIFICATIONS,
            CLASSIFIER_TRAINING_REQUESTS,
            DIFFUSION_TRAINING_REQUESTS,
            GENERATION_REQUESTS,
            JOB_CANCELLATIONS,
            JOBS,
            MODELS,
            SAMPLES,
            LABELS,
            COLLECTION_COMMANDS,
            REPORTS,
            DEAD_LETTERS,
            UNSEEN);

    private Topics() {}

    /** What somebody else may write to: its sender's clock and its sender's idea of a record's time are not ours. */
    private static Topic input(
            String name, String key, Class<? extends SpecificRecord> type, int partitions, int maxMessageBytes) {
        return new Topic(name, key, type, partitions, false, true, maxMessageBytes);
    }

    private static Topic newestOfKey(String name, String key, Class<? extends SpecificRecord> type) {
        return new Topic(name, key, type, 1, true, false, SMALL_MESSAGE_BYTES);
    }
}
