package io.lensmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.local.Worker;
import io.lensmill.neural.Safetensors;
import io.lensmill.neural.Tensor;
import io.lensmill.storage.ObjectKey;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A packaged worker is killed while it trains. {@code infra/crash-tests/run} runs this, with one compute thread. */
@Tag("worker-process")
class TrainingCrashTest {

    private static final int EPOCHS = 3;
    /** Progress is told once a second: in a training as long as this, several times within an epoch. */
    private static final long LEAST_MILLIS = 15_000;

    @Test
    void aTrainingThatIsKilledInMidEpochEndsWithTheSameWeightsToTheLastBit() throws Exception {
        try (WorkerUnderTest worker = new WorkerUnderTest(Worker.CLASSIFIER)) {
            // Given
            worker.putDataset("crash", 48, 200, 10);

            // and a network wide enough to keep this machine busy for some seconds an epoch
            int width = 16;
            String steadyId;
            long tookMillis;
            do {
                width *= 2;
                steadyId = "steady-" + width;
                long begin = System.nanoTime();
                train(worker, steadyId, width, null);
                tookMillis = (System.nanoTime() - begin) / 1_000_000;
            } while (tookMillis < LEAST_MILLIS && width < 200);

            // When
            train(worker, "killed", width, TrainingCrashTest::midEpoch);

            // Then
            Map<String, Tensor> expected = weights(worker, steadyId);
            Map<String, Tensor> resumed = weights(worker, "killed");
            assertThat(resumed.keySet()).isEqualTo(expected.keySet()).isNotEmpty();
            expected.forEach((name, tensor) ->
                    assertThat(resumed.get(name).values()).as(name).isEqualTo(tensor.values()));
        }
    }

    private static void train(WorkerUnderTest worker, String jobId, int width, Predicate<JobEvent> killWhen)
            throws Exception {
        TrainingRequest request = TrainingRequest.newBuilder()
                .setJobId(jobId)
                .setDataset("crash")
                .setPreset("smoke")
                .setOverrides(
                        Map.of("epochs", "" + EPOCHS, "checkpointSeconds", "1", "width", "" + width, "imageSize", "64"))
                .setSeed(5)
                .build();
        worker.work(Topics.CLASSIFIER_TRAINING_REQUESTS, jobId, request, killWhen);
    }

    /** An event after the first epoch whose step is not the last of an epoch. */
    private static boolean midEpoch(JobEvent event) {
        long stepsOfAnEpoch = Math.max(1, event.getTotalSteps() / EPOCHS);
        return event.getState() == JobState.RUNNING
                && event.getStep() > stepsOfAnEpoch
                && event.getStep() < event.getTotalSteps()
                && event.getStep() % stepsOfAnEpoch != 0;
    }

    private static Map<String, Tensor> weights(WorkerUnderTest worker, String modelId) throws Exception {
        byte[] file = worker.store().get(ObjectKey.of("models/" + modelId + "/model.safetensors"), 100_000_000);
        return Safetensors.read(file).tensors();
    }
}
