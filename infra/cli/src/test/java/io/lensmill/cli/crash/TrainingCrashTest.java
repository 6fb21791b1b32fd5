package io.lensmill.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.cli.messages.JobWatch;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.imaging.NpyCodec;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.neural.Safetensors;
import io.lensmill.neural.Tensor;
import io.lensmill.storage.ObjectKey;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A packaged worker is killed while it trains. {@code infra/crash-tests} runs this, with one compute thread. */
@Tag("worker-process")
class TrainingCrashTest {

    private static final int EPOCHS = 3;
    /** Progress is told once a second: in a training as long as this, several times within an epoch. */
    private static final long LEAST_MILLIS = 15_000;

    @Test
    void aTrainingThatIsKilledInMidEpochEndsWithTheSameWeightsToTheLastBit() throws Exception {
        try (WorkerUnderTest worker = new WorkerUnderTest()) {
            // Given
            LensSimulator simulator =
                    new LensSimulator(SimulationModel.DEMO.settings().withSize(48));
            for (LensClass lensClass : LensClass.values()) {
                for (int i = 0; i < 210; i++) {
                    String key =
                            "datasets/crash/%s/%s/%05d.npy".formatted(i < 200 ? "train" : "val", lensClass.label(), i);
                    worker.store().put(ObjectKey.of(key), NpyCodec.encode(simulator.simulate(lensClass, 7, i)));
                }
            }

            // and a network wide enough to keep this machine busy for some seconds an epoch
            int width = 16;
            String steadyId;
            JobEvent steady;
            long tookMillis;
            do {
                width += width / 2;
                steadyId = "steady-" + width;
                long begin = System.nanoTime();
                steady = train(worker, steadyId, width, false);
                tookMillis = (System.nanoTime() - begin) / 1_000_000;
            } while (tookMillis < LEAST_MILLIS && width < 200);

            // When
            JobEvent killed = train(worker, "killed", width, true);

            // Then
            assertThat(steady.getState()).as(steady.getMessage()).isEqualTo(JobState.SUCCEEDED);
            assertThat(killed.getState()).as(killed.getMessage()).isEqualTo(JobState.SUCCEEDED);
            Map<String, Tensor> expected = weights(worker, steadyId);
            Map<String, Tensor> resumed = weights(worker, "killed");
            assertThat(resumed.keySet()).isEqualTo(expected.keySet()).isNotEmpty();
            expected.forEach((name, tensor) ->
                    assertThat(resumed.get(name).values()).as(name).isEqualTo(tensor.values()));
        }
    }

    private static JobEvent train(WorkerUnderTest worker, String jobId, int width, boolean kill) throws Exception {
        Map<String, String> settings =
                Map.of("epochs", "" + EPOCHS, "checkpointSeconds", "1", "width", "" + width, "imageSize", "64");
        boolean[] toKill = {false, kill};
        try (JobWatch watch = JobWatch.open(worker.broker(), jobId)) {
            worker.broker()
                    .send(
                            Topics.CLASSIFIER_TRAINING_REQUESTS,
                            jobId,
                            TrainingRequest.newBuilder()
                                    .setJobId(jobId)
                                    .setDataset("crash")
                                    .setPreset("smoke")
                                    .setOverrides(settings)
                                    .setSeed(5)
                                    .build());
            JobEvent end = watch.awaitEnd(event -> toKill[0] |= midEpoch(event), () -> {
                worker.requireAlive();
                if (toKill[0] && toKill[1]) {
                    toKill[1] = false;
                    killAndStartAgain(worker);
                }
            });
            assertThat(toKill[1]).as("still to be killed after: %s", end).isFalse();
            return end;
        }
    }

    /** An event after the first epoch whose step is not the last of an epoch. */
    private static boolean midEpoch(JobEvent event) {
        long stepsOfAnEpoch = Math.max(1, event.getTotalSteps() / EPOCHS);
        return event.getState() == JobState.RUNNING
                && event.getStep() > stepsOfAnEpoch
                && event.getStep() < event.getTotalSteps()
                && event.getStep() % stepsOfAnEpoch != 0;
    }

    private static void killAndStartAgain(WorkerUnderTest worker) {
        try {
            worker.killAndStartAgain();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Tensor> weights(WorkerUnderTest worker, String modelId) throws Exception {
        byte[] file = worker.store().get(ObjectKey.of("models/" + modelId + "/model.safetensors"), 100_000_000);
        return Safetensors.read(file).tensors();
    }
}
