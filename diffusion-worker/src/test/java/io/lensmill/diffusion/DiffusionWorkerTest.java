package io.lensmill.diffusion;

import static io.lensmill.contracts.Topics.DEAD_LETTERS;
import static io.lensmill.contracts.Topics.DIFFUSION_TRAINING_REQUESTS;
import static io.lensmill.contracts.Topics.GENERATION_REQUESTS;
import static io.lensmill.contracts.Topics.JOBS;
import static io.lensmill.contracts.Topics.JOB_CANCELLATIONS;
import static io.lensmill.contracts.Topics.MODELS;
import static io.lensmill.contracts.Topics.SAMPLES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.Topic;
import io.lensmill.embedded.quarkus.EmbeddedServersResource;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.messaging.TextHeaders;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedServersResource.class)
class DiffusionWorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource
    URI address;

    @Inject
    ObjectStore store;

    private Mailbox mailbox;

    @BeforeEach
    void open() {
        mailbox = new Mailbox(bootstrapServers, JOBS, MODELS, SAMPLES, DEAD_LETTERS);
    }

    @AfterEach
    void close() {
        mailbox.close();
    }

    @Test
    void trainsAModelAndStreamsSamplesOfIt() throws Exception {
        // Given
        putDataset("edge-rings");

        // When: the generation is asked for the moment the training has ended
        mailbox.send(
                DIFFUSION_TRAINING_REQUESTS,
                "edge-model",
                Workbench.training("edge-model", "edge-rings", Workbench.TINY));
        awaitEnd("edge-model", JobState.SUCCEEDED);
        mailbox.send(
                GENERATION_REQUESTS,
                "edge-samples",
                Workbench.generation("edge-samples", 70)
                        .setModelId("edge-model")
                        .build());
        awaitEnd("edge-samples", JobState.SUCCEEDED);

        // Then
        assertThat(mailbox.received(JOBS, "edge-model", JobEvent.class))
                .extracting(JobEvent::getState)
                .startsWith(JobState.ACCEPTED, JobState.RUNNING)
                .endsWith(JobState.SUCCEEDED);
        await().until(() -> !mailbox.received(MODELS, "edge-model").isEmpty());
        assertThat(mailbox.received(MODELS, "edge-model", ModelPublished.class))
                .singleElement()
                .returns("edge-rings", ModelPublished::getDataset);
        await().until(() -> mailbox.received(SAMPLES, "edge-samples").size() == 2);
        List<SampleBatch> batches = mailbox.received(SAMPLES, "edge-samples", SampleBatch.class);
        assertThat(batches).extracting(SampleBatch::getCount).containsExactly(64, 6);
        for (SampleBatch batch : batches) {
            byte[] array = store.get(ObjectKey.of(batch.getArrayKey()), 1 << 20);
            assertThat(Sha256.hex(array)).isEqualTo(batch.getSha256());
            assertThat(NpyCodec.decodeBatch(array)).hasSize(batch.getCount());
        }
        assertThat(store.find(ObjectKey.of("samples/edge-samples/manifest.json")))
                .isPresent();
        assertThat(get("/q/metrics"))
                .contains("lensmill_images_generated_total 70.0")
                .contains("lensmill_jobs_ended_total{end=\"SUCCEEDED\",kind=\"generation\"} 1.0");
    }

    @Test
    void answersWhatItCannotDoAndGoesOn() throws Exception {
        // When
        mailbox.sendRaw(GENERATION_REQUESTS, "edge-garbage", "garbage".getBytes(StandardCharsets.UTF_8));
        mailbox.sendRaw(DIFFUSION_TRAINING_REQUESTS, "edge-nothing", null);
        mailbox.send(
                GENERATION_REQUESTS,
                "edge-no-model",
                Workbench.generation("edge-no-model", 4)
                        .setModelId("edge-unknown")
                        .build());
        mailbox.send(
                DIFFUSION_TRAINING_REQUESTS,
                "edge-no-data",
                Workbench.training("edge-no-data", "edge-missing", Workbench.TINY));

        // Then
        assertRefused("edge-garbage", GENERATION_REQUESTS, "UNDECODABLE");
        assertRefused("edge-nothing", DIFFUSION_TRAINING_REQUESTS, "UNDECODABLE");
        assertRefused("edge-no-model", GENERATION_REQUESTS, "UNKNOWN_MODEL");
        assertRefused("edge-no-data", DIFFUSION_TRAINING_REQUESTS, "UNKNOWN_DATASET");
        awaitEnd("edge-no-model", JobState.REJECTED);
        awaitEnd("edge-no-data", JobState.REJECTED);
        assertThat(get("/q/health/ready")).contains("\"status\": \"UP\"");
    }

    @Test
    void doesNothingTwice() throws Exception {
        // Given
        putDataset("edge-again");
        mailbox.send(
                DIFFUSION_TRAINING_REQUESTS,
                "edge-twice",
                Workbench.training("edge-twice", "edge-again", Workbench.TINY));
        awaitEnd("edge-twice", JobState.SUCCEEDED);

        // When
        mailbox.send(
                DIFFUSION_TRAINING_REQUESTS,
                "edge-twice",
                Workbench.training("edge-twice", "edge-again", Workbench.TINY));

        // Then
        assertRefused("edge-twice", DIFFUSION_TRAINING_REQUESTS, "DUPLICATE_JOB");
        assertThat(mailbox.received(MODELS, "edge-twice")).hasSize(1);
        List<JobEvent> events = mailbox.received(JOBS, "edge-twice", JobEvent.class);
        assertThat(events.get(events.size() - 1)).isEqualTo(events.get(events.size() - 2));
    }

    @Test
    void cancelsAJobThatRuns() throws Exception {
        // Given
        putDataset("edge-long");
        Map<String, String> endless = new HashMap<>(Workbench.TINY);
        endless.put("steps", "1000000");
        mailbox.send(
                DIFFUSION_TRAINING_REQUESTS, "edge-endless", Workbench.training("edge-endless", "edge-long", endless));
        awaitEnd("edge-endless", JobState.RUNNING);

        // When
        mailbox.send(JOB_CANCELLATIONS, "edge-endless", new CancelRequest("1.0", "edge-endless", "test"));

        // Then
        awaitEnd("edge-endless", JobState.CANCELLED);
    }

    private void putDataset(String name) throws Exception {
        for (int i = 0; i < 6; i++) {
            store.put(
                    ObjectKey.of("datasets/" + name + "/train/no/" + i + ".npy"),
                    NpyCodec.encode(Workbench.ring(16, 3 + i)));
        }
    }

    private void awaitEnd(String jobId, JobState state) {
        await().atMost(PATIENCE).until(() -> mailbox.hasEnded(JOBS, jobId, state));
    }

    private void assertRefused(String key, Topic source, String code) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(mailbox.received(DEAD_LETTERS, key))
                .singleElement()
                .satisfies(letter -> assertThat(TextHeaders.of(letter.headers()))
                        .containsEntry(DeadLetterHeaders.REASON_CODE, code)
                        .containsEntry(DeadLetterHeaders.TOPIC, source.name())));
    }

    private String get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
