package io.lensmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Classification;
import io.lensmill.local.Worker;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A packaged worker is ended while it scores. {@code infra/crash-tests/run} runs this. */
@Tag("worker-process")
class ScoringCrashTest {

    @Test
    void aWorkerThatIsKilledTwiceLosesNoImageAndSaysNothingDifferent() throws Exception {
        int images = 3000;
        try (WorkerUnderTest worker = new WorkerUnderTest(Worker.CLASSIFIER);
                Outcomes outcomes = new Outcomes(worker)) {
            // Given
            worker.publishModel("steady", 1);
            for (int i = 0; i < images; i++) {
                if (i % 500 == 250) {
                    worker.publishBroken("broken-" + i);
                }
                worker.publishImage("image-" + i, i, null);
            }
            worker.broker().flush();

            // When
            outcomes.await(ended -> ended > 200);
            worker.killAndStartAgain();
            int afterFirst = outcomes.images();
            outcomes.await(ended -> ended > afterFirst + 200);
            worker.killAndStartAgain();
            int afterSecond = outcomes.images();
            outcomes.await(ended -> ended == images + 6);

            // Then
            System.out.printf(
                    "Killed after %d and %d of %d outcomes; %d classifications for %d images, %d dead letters%n",
                    afterFirst,
                    afterSecond,
                    images + 6,
                    outcomes.records(),
                    outcomes.results().size(),
                    outcomes.refused().size());
            assertThat(afterSecond).as("both kills came while it scored").isLessThan(images);
            assertThat(outcomes.results()).hasSize(images);
            assertThat(outcomes.results().values())
                    .as("repeated results are equal, bit for bit")
                    .allSatisfy(results -> assertThat(results).hasSize(1));
            assertThat(outcomes.refused())
                    .isEqualTo(IntStream.range(0, 6)
                            .mapToObj(i -> "broken-" + (250 + 500 * i))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void modelsThatChangeInMidStreamAndAWorkerThatIsAskedToEndLoseNoImage() throws Exception {
        int images = 2000;
        try (WorkerUnderTest worker = new WorkerUnderTest(Worker.CLASSIFIER);
                Outcomes outcomes = new Outcomes(worker)) {
            // Given
            worker.publishModel("model-0", 1);

            // When
            for (int quarter = 0; quarter < 4; quarter++) {
                for (int i = quarter * images / 4; i < (quarter + 1) * images / 4; i++) {
                    worker.publishImage("image-" + i, i, i % 10 == 0 ? "model-0" : null);
                }
                worker.broker().flush();
                int soFar = quarter * images / 4;
                outcomes.await(ended -> ended > soFar);
                if (quarter == 1) {
                    worker.endAndStartAgain();
                }
                if (quarter < 3) {
                    worker.publishModel("model-" + (quarter + 1), quarter + 2);
                }
            }
            outcomes.await(ended -> ended == images);

            // Then
            Map<String, Set<Classification>> results = outcomes.results();
            Set<String> used = new TreeSet<>();
            results.forEach((image, said) -> said.forEach(result -> {
                used.add(result.getModelId());
                if (Integer.parseInt(image.substring("image-".length())) % 10 == 0) {
                    assertThat(result.getModelId()).as(image).isEqualTo("model-0");
                }
            }));
            long twice =
                    results.values().stream().filter(said -> said.size() > 1).count();
            System.out.printf("Models used: %s; %d images repeated with a newer model%n", used, twice);
            assertThat(results).hasSize(images);
            assertThat(used).contains("model-0", "model-3").isSubsetOf("model-0", "model-1", "model-2", "model-3");
            // What was in hand when the worker ended comes again, perhaps with a newer model: under another resultId.
            assertThat(results.values()).allSatisfy(said -> assertThat(said)
                    .hasSameSizeAs(said.stream().map(Classification::getModelId).collect(Collectors.toSet())));
            assertThat(outcomes.refused()).isEmpty();
        }
    }
}
