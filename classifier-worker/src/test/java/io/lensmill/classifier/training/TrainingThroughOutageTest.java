package io.lensmill.classifier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.classifier.TestDatasets;
import io.lensmill.classifier.scoring.ComputeLock;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.embedded.EmbeddedObjectStore;
import io.lensmill.embedded.misbehaving.MisbehavingStore;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.StoreObserver;
import io.lensmill.storage.StorePatience;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that goes away in the middle of a training delays it, and nothing more. */
class TrainingThroughOutageTest {

    private static final Map<String, String> TINY = Map.of(
            "imageSize", "16",
            "blocks", "1,1",
            "width", "4",
            "batchSize", "8",
            "epochs", "20",
            "checkpointSeconds", "1");

    @TempDir
    Path directory;

    private final List<JobEvent> events = new CopyOnWriteArrayList<>();
    private final List<ModelPublished> published = new CopyOnWriteArrayList<>();

    @Test
    void aTrainingGoesOnWhereTheStoreLeftIt() throws Exception {
        // Given
        StorePatience oneAttempt =
                new StorePatience(Duration.ZERO, Duration.ofSeconds(20), 16 * 1024, Duration.ofMillis(70));
        try (EmbeddedObjectStore server = EmbeddedObjectStore.start(directory);
                MisbehavingStore misbehaving = MisbehavingStore.before(server.settings());
                MinioObjectStore store =
                        MinioObjectStore.connect(misbehaving.settings(), oneAttempt, StoreObserver.NONE)) {
            TestDatasets.simulate(store, "tiny", 16, 12, 5);
            JobRunner runner = new JobRunner(store, events::add, new Cancellations(), Clock.systemUTC());
            TrainingJob job = new TrainingJob(
                    TrainingRequest.newBuilder()
                            .setJobId("patient")
                            .setDataset("tiny")
                            .setPreset("smoke")
                            .setOverrides(TINY)
                            .setSeed(3)
                            .build(),
                    environment(store));
            CompletableFuture<JobOutcome> outcome =
                    CompletableFuture.supplyAsync(() -> runner.run(job, "requests-0@1"));
            await().atMost(Duration.ofSeconds(60)).until(() -> events.stream().anyMatch(event -> event.getStep() > 0));

            // When
            misbehaving.goAway();
            await().atMost(Duration.ofSeconds(60)).until(() -> events.stream()
                    .anyMatch(event -> event.getMessage().contains("waits for")));
            misbehaving.comeBack();

            // Then
            assertThat(outcome).succeedsWithin(Duration.ofSeconds(60));
            assertThat(events.get(events.size() - 1).getState()).isEqualTo(JobState.SUCCEEDED);
            assertThat(published).extracting(ModelPublished::getModelId).containsExactly("patient");
        }
    }

    private TrainingEnvironment environment(MinioObjectStore store) {
        return new TrainingEnvironment(
                store,
                network -> Executors.best(ResNet.define(network)),
                new PublishedModels(ModelTask.CLASSIFIER, () -> {}),
                new ComputeLock(),
                new TrainingResults() {
                    @Override
                    public void publish(List<Classification> batch) {
                        // Nobody reads them here.
                    }

                    @Override
                    public void publish(ModelPublished model) {
                        published.add(model);
                    }
                },
                Clock.systemUTC());
    }
}
