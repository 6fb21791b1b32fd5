package io.lensmill.contracts;

import java.util.List;

/** Every topic of Lensmill, declared once. */
public final class Topics {

    /** Largest message that any topic takes: an 8 MiB image and its envelope. */
    public static final int MAX_MESSAGE_BYTES = 10 * 1024 * 1024;

    private static final int SMALL_MESSAGE_BYTES = 1024 * 1024;

    public static final Topic IMAGES =
            new Topic("lensmill.images", "imageId", LensImage.class, 4, false, MAX_MESSAGE_BYTES);
    public static final Topic CLASSIFICATIONS =
            new Topic("lensmill.classifications", "imageId", Classification.class, 4, false, SMALL_MESSAGE_BYTES);
    public static final Topic CLASSIFIER_TRAINING_REQUESTS = new Topic(
            "lensmill.classifier.training-requests", "jobId", TrainingRequest.class, 2, false, SMALL_MESSAGE_BYTES);
    public static final Topic DIFFUSION_TRAINING_REQUESTS = new Topic(
            "lensmill.diffusion.training-requests", "jobId", TrainingRequest.class, 2, false, SMALL_MESSAGE_BYTES);
    public static final Topic GENERATION_REQUESTS =
            new Topic("lensmill.generation-requests", "jobId", GenerationRequest.class, 2, false, SMALL_MESSAGE_BYTES);
    public static final Topic JOB_CANCELLATIONS =
            new Topic("lensmill.job-cancellations", "jobId", CancelRequest.class, 1, false, SMALL_MESSAGE_BYTES);
    public static final Topic JOBS = new Topic("lensmill.jobs", "jobId", JobEvent.class, 1, true, SMALL_MESSAGE_BYTES);
    public static final Topic MODELS =
            new Topic("lensmill.models", "modelId", ModelPublished.class, 1, true, SMALL_MESSAGE_BYTES);
    public static final Topic SAMPLES =
            new Topic("lensmill.samples", "jobId", SampleBatch.class, 4, false, SMALL_MESSAGE_BYTES);
    /** As many partitions as {@link #CLASSIFICATIONS}: labels meet the classifications of their image. */
    public static final Topic LABELS =
            new Topic("lensmill.labels", "imageId", ImageLabel.class, 4, false, SMALL_MESSAGE_BYTES);

    public static final Topic COLLECTION_COMMANDS = new Topic(
            "lensmill.collection-commands", "collection", CollectionCommand.class, 1, false, SMALL_MESSAGE_BYTES);
    public static final Topic REPORTS =
            new Topic("lensmill.reports", "modelId/collection", MetricReport.class, 1, true, SMALL_MESSAGE_BYTES);
    /**
     * The refused message's raw bytes, cut where they are too many; headers say why and where it stood, see {@link
     * DeadLetterHeaders}.
     */
    public static final Topic DEAD_LETTERS =
            new Topic("lensmill.dead-letters", "key of the refused message", null, 1, false, MAX_MESSAGE_BYTES);

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
            DEAD_LETTERS);

    private Topics() {}
}
