package io.lensmill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.diffusion.schedule.DiffusionProcess;
import io.lensmill.diffusion.schedule.NoiseSchedule;
import io.lensmill.diffusion.schedule.Objective;
import io.lensmill.diffusion.schedule.ScheduleKind;
import io.lensmill.neural.Loss;
import io.lensmill.neural.Reference;
import io.lensmill.neural.Tensor;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedSquaresTest {

    private static final Reference REFERENCE = new Reference("unet-dim16");

    @Test
    void isTheReferencesLoss() {
        // Given: the prediction of denoising-diffusion-pytorch's network and its targets at four times
        DiffusionProcess process = new DiffusionProcess(NoiseSchedule.of(ScheduleKind.SIGMOID, 1000), Objective.V);
        double[] weights = IntStream.of(0, 17, 500, 999)
                .mapToDouble(time -> process.lossWeight(time, 0))
                .toArray();
        WeightedSquares loss =
                new WeightedSquares("prediction", REFERENCE.array("v_target").values(), weights);

        // When
        double value = loss.evaluate(Map.of(
                        "prediction", new Tensor(REFERENCE.array("prediction").values(), 4, 16, 16, 1)))
                .value();

        // Then
        assertThat(value).isCloseTo(0.7494847774505615, within(1e-5));
    }

    @Test
    void theGradientIsItsDerivative() {
        // Given: a quadratic function, whose central difference is exact for every step
        float[] answers = {0.5f, -1.25f, 2, 0.75f};
        WeightedSquares loss =
                new WeightedSquares("prediction", new float[] {1, -0.5f, 0.25f, 3}, new double[] {2, 0.3});

        // When
        float[] gradient =
                evaluate(loss, answers).outputGradients().get("prediction").values();

        // Then
        for (int i = 0; i < answers.length; i++) {
            float[] above = answers.clone();
            float[] below = answers.clone();
            above[i] += 1;
            below[i] -= 1;
            double difference =
                    (evaluate(loss, above).value() - evaluate(loss, below).value()) / 2;
            assertThat((double) gradient[i]).isCloseTo(difference, within(1e-6));
        }
    }

    private static Loss.Evaluation evaluate(WeightedSquares loss, float[] answers) {
        return loss.evaluate(Map.of("prediction", new Tensor(answers, 2, 1, 2, 1)));
    }
}
