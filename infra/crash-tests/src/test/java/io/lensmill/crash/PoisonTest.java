package io.lensmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.CollectionAction;
import io.lensmill.contracts.CollectionCommand;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.ImageFormat;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.SampleFormat;
import io.lensmill.contracts.Sampler;
import io.lensmill.contracts.StepSpacing;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.local.Worker;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Everything that a stranger can send, on every topic that is read, before packaged workers: each piece is answered by
 * a dead letter, the next good message is answered within ten seconds, and no process or thread has ended.
 */
@Tag("worker-process")
class PoisonTest {

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);

    private final List<String> slowest = new ArrayList<>();
    private long longestMillis;
    private StackUnderTest stack;
    private Letters letters;
    private int number;

    @Test
    void everyTopicBearsEveryPoison() throws Exception {
        try (StackUnderTest started = new StackUnderTest(
                        "-Dlensmill.metrics.report-interval=PT0.5S", "-Dlensmill.metrics.partial-interval=PT0.2S");
                Letters watched = new Letters(started.broker())) {
            stack = started;
            letters = watched;
            stack.publishModel("first", 1);
            answered("the first image", () -> imageIsClassified(null));
            Map<Topic, Callable<Boolean>> roads = Map.ofEntries(
                    Map.entry(Topics.IMAGES, () -> imageIsClassified(null)),
                    Map.entry(Topics.SAMPLES, this::samplesAreClassified),
                    Map.entry(
                            Topics.CLASSIFIER_TRAINING_REQUESTS,
                            () -> trainingIsAnswered(Topics.CLASSIFIER_TRAINING_REQUESTS)),
                    Map.entry(
                            Topics.DIFFUSION_TRAINING_REQUESTS,
                            () -> trainingIsAnswered(Topics.DIFFUSION_TRAINING_REQUESTS)),
                    Map.entry(Topics.GENERATION_REQUESTS, this::generationIsAnswered),
                    Map.entry(Topics.JOB_CANCELLATIONS, () -> refereeAnswers(Topics.JOB_CANCELLATIONS)),
                    Map.entry(Topics.MODELS, this::modelIsUsed),
                    Map.entry(Topics.CLASSIFICATIONS, this::classificationIsCounted),
                    Map.entry(Topics.LABELS, this::labelIsCounted),
                    Map.entry(Topics.COLLECTION_COMMANDS, this::collectionIsClosed),
                    Map.entry(Topics.JOBS, this::jobIsShown),
                    Map.entry(Topics.REPORTS, this::reportIsShown));

            for (Topic topic : Topics.ALL) {
                if (!roads.containsKey(topic)) {
                    continue;
                }
                for (Poison poison : Poison.of(topic)) {
                    // When
                    RecordMetadata place = stack.send(poison.record());

                    // Then
                    answered(poison.name() + " on " + topic.name(), roads.get(topic));
                    letters.require(place, poison);
                }
                System.out.printf("%s: %d letters so far%n", topic.name(), letters.count());
            }
            stack.requireUntouched();
            requireBooksThatBalance();
            System.out.printf("Longest wait for the next good message: %d ms (%s)%n", longestMillis, slowest);
        }
    }

    private void requireBooksThatBalance() throws Exception {
        double received = stack.metric(Worker.CLASSIFIER, "lensmill_images_received_total", "source=\"images\"");
        double classified = stack.metric(Worker.CLASSIFIER, "lensmill_images_classified_total", "source=\"images\"");
        double refused = stack.metric(Worker.CLASSIFIER, "lensmill_images_refused_total", "source=\"images\"");
        assertThat(received).isEqualTo(classified + refused);
        assertThat((long) refused).isEqualTo(letters.countOf(Topics.IMAGES));
        assertThat((long) classified).isEqualTo(letters.classified());
    }

    private void answered(String what, Callable<Boolean> road) throws Exception {
        long begin = System.nanoTime();
        assertThat(road.call()).as("after %s", what).isTrue();
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertThat(millis).as("milliseconds after %s", what).isLessThan(ANSWERED_WITHIN.toMillis());
        if (millis > longestMillis) {
            longestMillis = millis;
            slowest.clear();
            slowest.add(what);
        }
    }

    private boolean imageIsClassified(String modelId) throws Exception {
        String id = "image-" + ++number;
        stack.send(
                Topics.IMAGES,
                id,
                LensImage.newBuilder()
                        .setImageId(id)
                        .setCollection("poisoned")
                        .setModelId(modelId)
                        .setFormat(ImageFormat.NPY)
                        .setPixels(ByteBuffer.wrap(SmallImages.file(number)))
                        .build());
        return letters.awaitClassification(id);
    }

    private boolean samplesAreClassified() throws Exception {
        String job = "made-" + ++number;
        byte[] array = NpyCodec.encodeBatch(List.of(SmallImages.image(number), SmallImages.image(number + 1000)));
        ObjectKey key = ObjectKey.of("samples/" + job + "/batch-0.npy");
        stack.store().put(key, array);
        stack.send(
                Topics.SAMPLES,
                job,
                SampleBatch.newBuilder()
                        .setJobId(job)
                        .setModelId("generator")
                        .setCollection("made")
                        .setFirstIndex(0)
                        .setCount(2)
                        .setHeight(SmallImages.SIZE)
                        .setWidth(SmallImages.SIZE)
                        .setArrayKey(key.value())
                        .setSha256(Sha256.hex(array))
                        .setCreatedAt(Instant.EPOCH)
                        .build());
        return letters.awaitClassification(job + "/1");
    }

    /** The request is a good message of a dataset that is not there: its sender hears so. */
    private boolean trainingIsAnswered(Topic topic) throws Exception {
        String job = "train-" + ++number;
        stack.send(
                topic,
                job,
                TrainingRequest.newBuilder()
                        .setJobId(job)
                        .setDataset("nowhere")
                        .setPreset("smoke")
                        .build());
        return letters.awaitEvent(job, JobState.REJECTED);
    }

    private boolean generationIsAnswered() throws Exception {
        String job = "generate-" + ++number;
        stack.send(
                Topics.GENERATION_REQUESTS,
                job,
                GenerationRequest.newBuilder()
                        .setJobId(job)
                        .setModelId("nobody")
                        .setCount(1)
                        .setCollection("made")
                        .setSampler(Sampler.DDIM)
                        .setFormats(List.of(SampleFormat.NPY_BATCH))
                        .setSpacing(StepSpacing.AS_TRAINED)
                        .build());
        return letters.awaitEvent(job, JobState.REJECTED);
    }

    /** A cancellation that names no job says nothing when it is good; one with a bad id is answered. */
    private boolean refereeAnswers(Topic topic) throws Exception {
        long before = letters.countOf(topic);
        stack.send(topic, "k", new CancelRequest("1.0", "../" + ++number, ""));
        return letters.awaitCountOf(topic, before + 2);
    }

    private boolean modelIsUsed() throws Exception {
        String model = "model-" + ++number;
        stack.publishModel(model, number);
        return imageIsClassified(model);
    }

    private boolean classificationIsCounted() throws Exception {
        String collection = "counted-" + ++number;
        Classification result = letters.anyClassification();
        result.setCollection(collection);
        result.setResultId(Sha256.hex(collection.getBytes(StandardCharsets.UTF_8)));
        stack.send(Topics.CLASSIFICATIONS, result.getImageId(), result);
        return letters.awaitReport(collection, report -> report.getCounted() == 1);
    }

    private boolean labelIsCounted() throws Exception {
        String collection = "counted-" + (number + 1);
        classificationIsCounted();
        String image = letters.anyClassification().getImageId();
        stack.send(Topics.LABELS, image, new ImageLabel("1.3", image, collection, "vort", Instant.now()));
        return letters.awaitReport(
                collection,
                report -> report.getClassification() != null
                        && report.getClassification().getLabelled() == 1);
    }

    private boolean collectionIsClosed() throws Exception {
        String collection = "counted-" + (number + 1);
        classificationIsCounted();
        stack.send(
                Topics.COLLECTION_COMMANDS,
                collection,
                new CollectionCommand("1.3", collection, null, CollectionAction.CLOSE, "", Instant.now()));
        return letters.awaitReport(collection, MetricReport::getClosed);
    }

    private boolean jobIsShown() throws Exception {
        String job = "shown-" + ++number;
        stack.send(
                Topics.JOBS,
                job,
                JobEvent.newBuilder()
                        .setJobId(job)
                        .setKind(JobKind.GENERATION)
                        .setState(JobState.RUNNING)
                        .setOccurredAt(Instant.now())
                        .build());
        return letters.await(() -> stack.get(Worker.METRICS, "/api/state").contains("\"" + job + "\""));
    }

    /** The page reads what the metrics worker itself says. */
    private boolean reportIsShown() throws Exception {
        String collection = "counted-" + (number + 1);
        classificationIsCounted();
        return letters.await(() -> stack.get(Worker.METRICS, "/api/state").contains("\"" + collection + "\""));
    }
}
