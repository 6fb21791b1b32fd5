package io.lensmill.neural.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.neural.ExecutorUnderTest;
import io.lensmill.neural.Loss;
import io.lensmill.neural.Network;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Reference;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.training.AdamW;
import io.lensmill.neural.training.StepResult;
import io.lensmill.neural.training.Trainer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The U-Net of dim 16 against denoising-diffusion-pytorch's numbers. */
class UNetReferenceTest {

    private static final double LEARNING_RATE = 1e-3;

    private final Reference reference = new Reference("unet-dim16");
    private final Map<String, Tensor> inputs =
            Map.of("image", reference.images("noised"), "time", reference.array("timesteps"));
    private Network network;

    private void startFromTheReferenceState(ExecutorUnderTest executor) {
        network = executor.open(UNet.define(new UNetConfig(16, List.of(1, 2, 4), 4, 32)));
        reference.initialise(network);
    }

    @AfterEach
    void close() {
        if (network != null) {
            network.close();
        }
    }

    @ParameterizedTest
    @EnumSource(ExecutorUnderTest.class)
    void prediction(ExecutorUnderTest executor) {
        startFromTheReferenceState(executor);
        assertThat(network.infer(inputs).get("prediction").values())
                .containsExactly(reference.array("prediction").values(), within(1e-4f));
    }

    @ParameterizedTest
    @EnumSource(ExecutorUnderTest.class)
    void gradientsOfTheFirstStep(ExecutorUnderTest executor) {
        startFromTheReferenceState(executor);

        network.backward(weightedSquares().evaluate(network.forward(inputs, 0)).outputGradients());

        for (Parameters.Entry entry : network.parameters().entries()) {
            float[] expected =
                    reference.array("gradients-step1/" + entry.name()).values();
            float[] actual = network.parameters().gradient(entry.name()).values();
            assertThat(Reference.relativeDifference(actual, expected))
                    .as(entry.name())
                    .isLessThan(1e-3);
        }
    }

    @ParameterizedTest
    @EnumSource(ExecutorUnderTest.class)
    void sixStepsOfAdamW(ExecutorUnderTest executor) throws Exception {
        startFromTheReferenceState(executor);
        Trainer trainer = new Trainer(network, AdamW.withDecay(1e-3), 1.0, Optional.empty());

        for (int step = 0; step < 6; step++) {
            StepResult result = trainer.step(inputs, weightedSquares(), LEARNING_RATE, step);

            double loss = reference.expected().get("losses").get(step).asDouble();
            double norm = reference.expected().get("gradient_norms").get(step).asDouble();
            assertThat(result.loss()).as("loss of step " + step).isCloseTo(loss, within(1e-3 * loss));
            assertThat(result.gradientNorm()).as("norm of step " + step).isCloseTo(norm, within(5e-3 * norm));
        }
        assertThat(network.infer(inputs).get("prediction").values())
                .containsExactly(reference.array("prediction_after6").values(), within(5e-3f));
    }

    /** Mean squared difference from the v target per image, weighted by the time's loss weight, meaned over images. */
    private Loss weightedSquares() {
        float[] target = reference.array("v_target").values();
        float[] times = reference.array("timesteps").values();
        float[] weights = reference.array("loss_weight").values();
        return outputs -> {
            Tensor prediction = outputs.get("prediction");
            int pixels = target.length / times.length;
            float[] gradient = new float[target.length];
            double total = 0;
            for (int i = 0; i < target.length; i++) {
                double weight = weights[(int) times[i / pixels]] / target.length;
                double difference = prediction.values()[i] - target[i];
                total += weight * difference * difference;
                gradient[i] = (float) (2 * weight * difference);
            }
            return new Loss.Evaluation(total, Map.of("prediction", new Tensor(gradient, prediction.shape())));
        };
    }
}
