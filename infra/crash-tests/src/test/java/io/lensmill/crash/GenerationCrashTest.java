package io.lensmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.Sampler;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.local.Worker;
import io.lensmill.storage.ObjectKey;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A packaged worker is killed while it generates. {@code infra/crash-tests/run} runs this. */
@Tag("worker-process")
class GenerationCrashTest {

    /** Images of one array: the worker's default. */
    private static final int BATCH = 64;
    /** Progress is told once a second: in a generation as long as this, several times. */
    private static final long LEAST_MILLIS = 8_000;

    @Test
    void aGenerationThatIsKilledMakesTheSameImagesToTheLastBit() throws Exception {
        try (WorkerUnderTest worker = new WorkerUnderTest(Worker.DIFFUSION)) {
            // Given: a model, and a generation that takes this machine some seconds
            worker.putDataset("crash", 16, 20, 0);
            TrainingRequest training = TrainingRequest.newBuilder()
                    .setJobId("model")
                    .setDataset("crash")
                    .setPreset("smoke")
                    .setOverrides(Map.of("steps", "20"))
                    .build();
            worker.work(Topics.DIFFUSION_TRAINING_REQUESTS, "model", training, null);
            int images = 2 * BATCH + 7;
            String steadyId;
            long tookMillis;
            do {
                images = 2 * images + 1;
                steadyId = "steady-" + images;
                long begin = System.nanoTime();
                generate(worker, steadyId, images, null);
                tookMillis = (System.nanoTime() - begin) / 1_000_000;
            } while (tookMillis < LEAST_MILLIS && images < 20_000);

            // When
            generate(worker, "killed", images, GenerationCrashTest::betweenTheFirstBatchAndTheLast);

            // Then
            JsonNode expected = manifest(worker, steadyId);
            JsonNode resumed = manifest(worker, "killed");
            assertThat(expected).hasSize((images + BATCH - 1) / BATCH);
            assertThat(resumed.findValuesAsText("sha256")).isEqualTo(expected.findValuesAsText("sha256"));
            assertThat(resumed.findValuesAsText("firstIndex")).isEqualTo(expected.findValuesAsText("firstIndex"));
        }
    }

    private static void generate(WorkerUnderTest worker, String jobId, int images, Predicate<JobEvent> killWhen)
            throws Exception {
        GenerationRequest request = GenerationRequest.newBuilder()
                .setJobId(jobId)
                .setCount(images)
                .setSampler(Sampler.DDPM)
                .setSteps(100)
                .setSeed(3)
                .build();
        worker.work(Topics.GENERATION_REQUESTS, jobId, request, killWhen);
    }

    private static boolean betweenTheFirstBatchAndTheLast(JobEvent event) {
        return event.getState() == JobState.RUNNING
                && event.getStep() > BATCH
                && event.getStep() < event.getTotalSteps() - BATCH;
    }

    private static JsonNode manifest(WorkerUnderTest worker, String jobId) throws Exception {
        byte[] file = worker.store().get(ObjectKey.of("samples/" + jobId + "/manifest.json"), 10_000_000);
        return new ObjectMapper().readTree(file).path("batches");
    }
}
