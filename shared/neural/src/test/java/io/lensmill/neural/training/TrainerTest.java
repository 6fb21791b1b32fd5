package io.lensmill.neural.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.Network;
import io.lensmill.neural.Safetensors;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.neural.networks.UNet;
import io.lensmill.neural.networks.UNetConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainerTest {

    private static final ResNetConfig SMALL = new ResNetConfig(List.of(1, 1), 4, false, false, 0.3, 3);
    private static final Averaging AVERAGING = new Averaging(0.9, 1, 1);
    private static final double RATE = 0.01;
    private static final AdamW ADAM = AdamW.withDecay(0.01);

    @Test
    void aRestoredTrainingEndsWithTheSameWeightsAsAnUninterruptedOne() throws Exception {
        // Given
        Trainer whole = trainer(1);
        run(whole, 0, 6);
        Trainer first = trainer(1);
        run(first, 0, 3);
        byte[] checkpoint = first.checkpoint(Map.of("epoch", "2"));

        // When
        Trainer second = trainer(99);
        Map<String, String> notes = second.restore(checkpoint);
        run(second, 3, 6);

        // Then
        assertThat(notes).containsExactly(Map.entry("epoch", "2"));
        assertThat(second.stepsDone()).isEqualTo(6);
        assertThat(second.checkpoint(Map.of())).isEqualTo(whole.checkpoint(Map.of()));
    }

    @Test
    void aCheckpointOfAnotherNetworkIsRefused() throws Exception {
        // Given
        Network other = Executors.best(UNet.define(new UNetConfig(4, List.of(1), 1, 4)));
        byte[] checkpoint = new Trainer(other, ADAM, 0, Optional.empty()).checkpoint(Map.of());

        // When, Then
        assertThatThrownBy(() -> trainer(1).restore(checkpoint))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to another network");
        assertThatThrownBy(() -> trainer(1).restore(new byte[100])).isInstanceOf(IOException.class);
    }

    @Test
    void aLossThatIsNotANumberStopsTheStepAndLeavesTheWeights() {
        // Given
        Trainer trainer = trainer(1);
        byte[] before = trainer.checkpoint(Map.of());
        Tensor broken = Tensor.zeros(2, 8, 8, 1);
        broken.values()[3] = Float.NaN;

        // When, Then
        assertThatThrownBy(() -> trainer.step(Map.of("image", broken), loss(), 0.01, 0))
                .isInstanceOf(NotFiniteException.class)
                .hasMessageContaining("at step 1");
        assertThat(trainer.stepsDone()).isZero();
        assertThat(before).isNotEmpty();
    }

    @Test
    void afterADivergenceItGoesOnFromTheCheckpointAsOneWithHalfTheLearningRate() throws Exception {
        // Given
        Trainer diverged = trainer(1);
        run(diverged, 0, 2);
        byte[] checkpoint = diverged.checkpoint(Map.of());
        run(diverged, 2, 4);
        diverged.guard().fall(new NotFiniteException("The loss is NaN at step 5"), "Rest.");

        // When
        diverged.restore(checkpoint);
        byte[] afterFall = diverged.checkpoint(Map.of());
        run(diverged, 2, 5);

        // Then: a killed and restarted one ends alike, and so does one that is given half the rate
        Trainer restarted = trainer(7);
        restarted.restore(afterFall);
        run(restarted, 2, 5);
        assertThat(restarted.checkpoint(Map.of())).isEqualTo(diverged.checkpoint(Map.of()));
        Trainer halved = trainer(8);
        halved.restore(checkpoint);
        for (int step = 2; step < 5; step++) {
            halved.step(images(step), loss(), RATE / 2, step);
        }
        assertThat(Safetensors.read(halved.checkpoint(Map.of()))
                        .tensors()
                        .get("weights")
                        .values())
                .isEqualTo(Safetensors.read(diverged.checkpoint(Map.of()))
                        .tensors()
                        .get("weights")
                        .values());
        assertThat(diverged.guard().sentence(new NotFiniteException("The loss is NaN at step 5"), 2))
                .isEqualTo("The loss is NaN at step 5: back to step 2, on with 0.5 times the learning rate"
                        + " (divergence 1; after 3 the job fails).");
    }

    @Test
    void aFourthDivergenceIsOneTooMany() {
        // Given
        DivergenceGuard guard = trainer(1).guard();
        NotFiniteException cause = new NotFiniteException("The loss is NaN at step 9");
        for (int i = 0; i < 3; i++) {
            guard.fall(cause, "Rest.");
        }

        // When, Then
        assertThat(guard.learningRateFactor()).isEqualTo(0.125);
        assertThatThrownBy(() -> guard.fall(cause, "Lower it."))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at step 9")
                .hasMessageEndingWith("Lower it.");
    }

    @Test
    void parametersThatAreNotFiniteAreFound() throws Exception {
        // Given
        Network network = Executors.best(ResNet.define(SMALL));
        network.initialise(1);
        Trainer trainer = new Trainer(network, ADAM, 0, Optional.empty());
        trainer.requireFinite();

        // When
        network.parameters().values().putScalar(3, Double.POSITIVE_INFINITY);

        // Then
        assertThatThrownBy(trainer::requireFinite)
                .isInstanceOf(NotFiniteException.class)
                .hasMessageContaining("Infinity");
    }

    @Test
    void averagedWeightsAreLentAndTakenBack() throws Exception {
        // Given
        Network network = Executors.best(ResNet.define(SMALL));
        network.initialise(1);
        Trainer trainer = new Trainer(network, ADAM, 1.0, Optional.of(AVERAGING));
        run(trainer, 0, 5);
        String trained = network.parameters().sha256();

        // When
        String averaged = trainer.withAveragedWeights(() -> network.parameters().sha256());

        // Then
        assertThat(averaged).isNotEqualTo(trained);
        assertThat(network.parameters().sha256()).isEqualTo(trained);
    }

    @Test
    void theAverageWarmsUp() {
        Averaging averaging = new Averaging(0.995, 100, 10);

        assertThat(averaging.decayAt(101)).isZero();
        assertThat(averaging.decayAt(102)).isCloseTo(1 - Math.pow(2, -2.0 / 3), within(1e-12));
        assertThat(averaging.decayAt(1_000_000)).isEqualTo(0.995);
    }

    @Test
    void oneCycleGoesAsPyTorchs() {
        // Given: torch.optim.lr_scheduler.OneCycleLR(max_lr=0.02, total_steps=100) at steps 0, 29, 50 and 99
        LearningRateSchedule schedule = LearningRateSchedule.oneCycle(0.02, 100);

        assertThat(schedule.at(0)).isCloseTo(0.0008, within(1e-9));
        assertThat(schedule.at(29)).isCloseTo(0.02, within(1e-9));
        assertThat(schedule.at(50)).isCloseTo(0.0158779, within(1e-5));
        assertThat(schedule.at(99)).isCloseTo(8e-8, within(1e-12));
    }

    @Test
    void gradientsBeyondTheNormAreScaledToIt() throws Exception {
        // Given: with plain gradient descent the step's length is the learning rate times the clipped norm
        Network network = Executors.best(ResNet.define(SMALL));
        network.initialise(1);
        Trainer trainer = new Trainer(network, new Sgd(0, false, 0), 0.01, Optional.empty());
        float[] before = network.parameters().get("fc.weight").values();

        // When
        StepResult result = trainer.step(images(0), loss(), 1.0, 0);

        // Then
        float[] after = network.parameters().get("fc.weight").values();
        double moved = 0;
        for (int i = 0; i < after.length; i++) {
            moved += Math.pow(after[i] - before[i], 2);
        }
        assertThat(result.gradientNorm()).isGreaterThan(0.01);
        assertThat(Math.sqrt(moved)).isLessThanOrEqualTo(0.01).isGreaterThan(1e-4);
    }

    private static Trainer trainer(long seed) {
        Network network = Executors.best(ResNet.define(SMALL));
        network.initialise(seed);
        return new Trainer(network, ADAM, 1.0, Optional.of(AVERAGING));
    }

    private static void run(Trainer trainer, int from, int to) throws NotFiniteException {
        for (int step = from; step < to; step++) {
            trainer.step(images(step), loss(), RATE, step);
        }
    }

    private static CrossEntropy loss() {
        return new CrossEntropy("logits", new int[] {0, 2}, 0.1);
    }

    private static Map<String, Tensor> images(int step) {
        Tensor images = Tensor.zeros(2, 8, 8, 1);
        new CounterRandom(7, step).fillGaussian(images.values());
        return Map.of("image", images);
    }
}
