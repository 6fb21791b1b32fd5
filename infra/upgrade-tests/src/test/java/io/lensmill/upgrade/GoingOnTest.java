package io.lensmill.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.Topics;
import io.lensmill.storage.Sha256;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Today's workers go on with what the old version's workers were at when they were stopped. */
class GoingOnTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static UpgradedStack stack;
    private static AfterUpgrade after;
    /** When the old version wrote the arrays of the generation that was half-way. */
    private static final Map<String, FileTime> WRITTEN = new HashMap<>();

    @BeforeAll
    static void startWorkersAndAwaitTheEndOfWhatWasHalfWay() throws Exception {
        stack = new UpgradedStack();
        for (String array :
                stack.inventory().arrays(OldJobs.HALF_WAY_GENERATION).keySet()) {
            WRITTEN.put(array, stack.written(array));
        }
        after = new AfterUpgrade(stack);
        after.eventually(() -> {
            after.assertSucceeded(OldJobs.HALF_WAY_CLASSIFIER);
            after.assertSucceeded(OldJobs.HALF_WAY_DIFFUSION);
            after.assertSucceeded(OldJobs.HALF_WAY_GENERATION);
        });
    }

    @AfterAll
    static void stopEverything() {
        after.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {OldJobs.HALF_WAY_CLASSIFIER, OldJobs.HALF_WAY_DIFFUSION})
    void aHalfWayTrainingGoesOnWhereItStood(String jobId) throws Exception {
        // When
        List<Long> steps = after.events(jobId).stream()
                .map(JobEvent::getStep)
                .filter(step -> step > 0)
                .toList();

        // Then: never before the last step that the old version told of
        assertThat(steps.get(0)).isGreaterThanOrEqualTo(stack.inventory().step(jobId));
        assertThat(steps).isSorted();
        assertThat(steps.get(steps.size() - 1)).isEqualTo(stack.inventory().totalSteps(jobId));
    }

    @Test
    void aHalfWayGenerationLeavesItsArraysAsTheyAreAndMakesTheOthers() throws Exception {
        // Given
        Map<String, String> announced = stack.inventory().arrays(OldJobs.HALF_WAY_GENERATION);

        // When
        JsonNode manifest = JSON.readTree(stack.read("samples/" + OldJobs.HALF_WAY_GENERATION + "/manifest.json"));

        // Then
        Map<String, String> made = new HashMap<>();
        for (JsonNode batch : manifest.path("batches")) {
            made.put(batch.path("array").asText(), batch.path("sha256").asText());
        }
        assertThat(manifest.path("count").asInt()).isEqualTo(OldJobs.WANTED);
        assertThat(made).containsAllEntriesOf(announced).hasSizeGreaterThan(announced.size());
        for (Map.Entry<String, String> array : made.entrySet()) {
            assertThat(Sha256.hex(stack.read(array.getKey())))
                    .as(array.getKey())
                    .isEqualTo(array.getValue());
        }
        assertThat(WRITTEN).hasSizeGreaterThanOrEqualTo(2);
        for (Map.Entry<String, FileTime> array : WRITTEN.entrySet()) {
            assertThat(stack.written(array.getKey())).as(array.getKey()).isEqualTo(array.getValue());
        }
    }

    /** The old classifier scores them until the half-way one is published, which is the newest from then on. */
    @Test
    void itsImagesAreCountedOnceEachAgainstTheOldReference() {
        after.eventually(() -> {
            Map<String, Set<String>> scored = new HashMap<>();
            for (Classification result : Messages.on(stack.broker(), Topics.CLASSIFICATIONS, Classification.class)) {
                if (result.getCollection().equals(OldJobs.HALF_WAY)) {
                    scored.computeIfAbsent(result.getModelId(), model -> new HashSet<>())
                            .add(result.getImageId());
                }
            }
            assertThat(scored.values().stream().flatMap(Set::stream).distinct()).hasSize(OldJobs.WANTED);
            for (Map.Entry<String, Set<String>> model : scored.entrySet()) {
                assertThat(after.report(model.getKey(), OldJobs.HALF_WAY).getCounted())
                        .isEqualTo(model.getValue().size());
            }
            assertThat(after.report(OldJobs.HALF_WAY).getRealism().getReferenceCount())
                    .isEqualTo(stack.inventory().reported(OldJobs.HELD_OUT, "counted"));
        });
    }

    @Test
    void whatWasFinishedIsNotDoneAgain() throws Exception {
        // When, Then
        assertThat(after.samples()).extracting(SampleBatch::getJobId).containsOnly(OldJobs.HALF_WAY_GENERATION);
        assertThat(after.events())
                .filteredOn(event -> event.getState() == JobState.RUNNING)
                .extracting(JobEvent::getJobId)
                .doesNotContain(OldJobs.CLASSIFIER, OldJobs.DIFFUSION, OldJobs.GENERATION);
        assertThat(after.classifications(OldJobs.LATE)).isEmpty();
    }

    @Test
    void imagesThatComeAgainAreRepeatsWithTheResultsOfBefore() throws Exception {
        // Given
        MetricReport earlier = reportBefore(OldJobs.HELD_OUT);
        Map<String, Classification> before = new HashMap<>();
        for (Classification result : Messages.on(stack.broker(), Topics.CLASSIFICATIONS, Classification.class)) {
            before.putIfAbsent(result.getResultId(), result);
        }
        List<LensImage> images = imagesOf(OldJobs.HELD_OUT);

        // When
        for (LensImage image : images) {
            image.setModelId(OldJobs.CLASSIFIER);
            stack.broker().send(Topics.IMAGES, image.getImageId(), image);
        }

        // Then
        after.eventually(() -> {
            MetricReport report = after.report(OldJobs.HELD_OUT);
            assertThat(report.getDuplicates()).isEqualTo(earlier.getDuplicates() + images.size());
            assertThat(report.getCounted()).isEqualTo(earlier.getCounted()).isEqualTo(images.size());
            assertThat(report.getSequence()).isGreaterThan(earlier.getSequence());
            assertThat(report.getSchemaVersion()).isEqualTo(todaysVersion());
            assertThat(report.getClassification().getAucMacro().getValue())
                    .isEqualTo(earlier.getClassification().getAucMacro().getValue());
        });
        assertThat(after.classifications(OldJobs.HELD_OUT))
                .hasSize(images.size())
                .allSatisfy(result -> assertAlike(before.get(result.getResultId()), result));
    }

    @Test
    void aLabelThatComesAfterTheUpgradeFindsAnImageThatWasClassifiedBefore() throws Exception {
        // Given
        MetricReport earlier = reportBefore(OldJobs.LATE);
        ImageLabel label = ImageLabel.newBuilder()
                .setImageId("no/00003.npy")
                .setCollection(OldJobs.LATE)
                .setLabel("no")
                .setLabelledAt(Instant.now())
                .build();

        // When
        stack.broker().send(Topics.LABELS, label.getImageId(), label);

        // Then
        after.eventually(() -> {
            MetricReport report = after.report(OldJobs.LATE);
            assertThat(report.getCounted()).isEqualTo(earlier.getCounted());
            assertThat(report.getClassification().getLateLabels())
                    .isEqualTo(earlier.getClassification().getLateLabels() + 1);
        });
    }

    @Test
    void aClosedCollectionStaysClosed() throws Exception {
        // Given
        LensImage image = imagesOf(OldJobs.LATE).get(0);
        image.setImageId("after-the-upgrade");
        image.setCollection(OldJobs.CLOSED);
        image.setModelId(OldJobs.CLASSIFIER);

        // When
        stack.broker().send(Topics.IMAGES, image.getImageId(), image);

        // Then
        after.eventually(
                () -> assertThat(after.refusal(image.getImageId())).contains(RefusalCode.COLLECTION_CLOSED.name()));
        MetricReport report = reportBefore(OldJobs.CLOSED);
        assertThat(report.getClosed()).isTrue();
        assertThat(report.getCounted()).isEqualTo(stack.inventory().reported(OldJobs.CLOSED, "counted"));
    }

    @Test
    void aJobThatHadEndedBeforeTheUpgradeIsADuplicate() throws Exception {
        // Given
        ConsumerRecord<String, byte[]> request =
                Messages.on(stack.broker(), Topics.CLASSIFIER_TRAINING_REQUESTS).stream()
                        .filter(message -> message.key().equals(OldJobs.CLASSIFIER))
                        .findFirst()
                        .orElseThrow();

        // When
        stack.broker().enqueue(Topics.CLASSIFIER_TRAINING_REQUESTS, request.key(), request.value(), Map.of());
        stack.broker().flush();

        // Then
        after.eventually(
                () -> assertThat(after.refusal(OldJobs.CLASSIFIER)).contains(RefusalCode.DUPLICATE_JOB.name()));
    }

    /** The newest one that stands on the topic. */
    private static MetricReport reportBefore(String collection) throws Exception {
        return OldJobs.newestReport(
                        Messages.on(stack.broker(), Topics.REPORTS, MetricReport.class), OldJobs.CLASSIFIER, collection)
                .orElseThrow();
    }

    private static String todaysVersion() {
        return MetricReport.getClassSchema()
                .getField("schemaVersion")
                .defaultVal()
                .toString();
    }

    /** As the old version sent them, without the broken ones. */
    private static List<LensImage> imagesOf(String collection) throws Exception {
        List<LensImage> images = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> message : Messages.on(stack.broker(), Topics.IMAGES)) {
            LensImage image = Envelope.decode(message.value(), LensImage.class);
            if (image.getCollection().equals(collection) && !image.getImageId().equals(OldJobs.BROKEN)) {
                images.add(image);
            }
        }
        return images;
    }

    /** Kernels of another release may add up in another order; all else is the same. */
    private static void assertAlike(Classification before, Classification again) {
        assertThat(before).isNotNull();
        assertThat(again.getImageId()).isEqualTo(before.getImageId());
        assertThat(again.getExtractorId()).isEqualTo(before.getExtractorId());
        assertThat(again.getEmbeddingSize()).isEqualTo(before.getEmbeddingSize());
        for (int i = 0; i < before.getScores().size(); i++) {
            assertThat(again.getScores().get(i).getClassName())
                    .isEqualTo(before.getScores().get(i).getClassName());
            assertThat(again.getScores().get(i).getProbability())
                    .isCloseTo(before.getScores().get(i).getProbability(), within(1e-4f));
        }
    }
}
