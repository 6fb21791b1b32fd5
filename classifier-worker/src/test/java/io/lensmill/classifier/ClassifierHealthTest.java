package io.lensmill.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.classifier.scoring.ComputeLock;
import io.lensmill.classifier.scoring.Lanes;
import io.lensmill.classifier.scoring.ModelCache;
import io.lensmill.classifier.scoring.ModelLoader;
import io.lensmill.classifier.scoring.ScoringMeasures;
import io.lensmill.classifier.scoring.TinyModels;
import io.lensmill.contracts.ModelTask;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.messaging.TopicSettings;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.JobHealth;
import io.lensmill.worker.MessageSender;
import io.lensmill.worker.reading.UnseenLedger;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassifierHealthTest {

    private boolean topicsAreRead = true;
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final PublishedModels published = new PublishedModels(ModelTask.CLASSIFIER, () -> {});
    private final Lanes lanes = new Lanes(1, Thread::new);
    private final CountDownLatch mayLoad = new CountDownLatch(1);
    private final ComputeThreads threads = new ComputeThreads(new SmallRyeConfigBuilder()
            .withMapping(ClassifierConfig.class)
            .build()
            .getConfigMapping(ClassifierConfig.class));
    private final ModelCache cache = new ModelCache(
            published,
            new ModelLoader(
                    store,
                    network -> {
                        awaitQuietly(mayLoad);
                        return Executors.best(ResNet.define(network));
                    },
                    8,
                    1,
                    new ComputeLock(),
                    ScoringMeasures.NONE),
            1,
            lanes,
            ScoringMeasures.NONE);
    private final ScoringThread scoring = new ScoringThread(published, cache, threads);
    private final ClassifierHealth health = new ClassifierHealth(
            cache,
            scoring,
            new WritingThread(
                    new MessageSender(
                            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer())),
                    threads),
            new JobHealth(
                    published,
                    new JobRunner(store, event -> {}, new Cancellations(), Clock.systemUTC()),
                    () -> topicsAreRead,
                    new BrokerTopics(Map.of(), new TopicSettings((short) 1, 720)),
                    new UnseenLedger(Map.of(), gap -> {})));

    @AfterEach
    void stop() throws Exception {
        mayLoad.countDown();
        published.close();
        scoring.stop(Duration.ofSeconds(20));
        lanes.close();
    }

    @Test
    void theWorkerIsNotReadyBeforeTheNewestModelOfBeforeIsWarm() throws Exception {
        // Given: a model that stands on the topic, and is slow to load
        published.accept(TinyModels.publish(store, "classifier", 1, Instant.EPOCH));
        scoring.begin();
        HealthCheckResponse unread = health.call();
        published.complete();
        HealthCheckResponse loading = health.call();

        // When
        mayLoad.countDown();

        // Then
        await().until(() -> health.call().getStatus() == HealthCheckResponse.Status.UP);
        assertThat(unread.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(loading.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(loading.getData().orElse(Map.of())).containsEntry("warming", true);
        assertThat(health.call().getData().orElse(Map.of())).containsEntry("warming", false);
    }

    @Test
    void withoutAnyModelTheWorkerIsReadyToTrainOne() {
        // Given
        scoring.begin();

        // When
        published.complete();

        // Then
        await().until(() -> health.call().getStatus() == HealthCheckResponse.Status.UP);
        assertThat(health.call().getData().orElse(Map.of())).containsEntry("newestModel", "no model yet");
    }

    @Test
    void theWorkerIsNotReadyBeforeItKnowsWhatHasBeenCancelled() {
        // Given: the models are known, the cancellations are not
        topicsAreRead = false;
        scoring.begin();
        published.complete();
        await().until(() -> !scoring.warming());
        HealthCheckResponse unread = health.call();

        // When
        topicsAreRead = true;

        // Then
        assertThat(unread.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(health.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
