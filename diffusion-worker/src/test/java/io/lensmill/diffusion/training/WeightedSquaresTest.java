package io.lensmill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.diffusion.ReferenceArrays;
import io.lensmill.diffusion.schedule.DiffusionProcess;
import io.lensmill.diffusion.schedule.NoiseSchedule;
import io.lensmill.diffusion.schedule.Objective;
import io.lensmill.diffusion.schedule.ScheduleKind;
import io.lensmill.neural.Tensor;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightedSquaresTest {

    @Test
    void isTheReferencesLoss() {
        // Given: the prediction of denoising-diffusion-pytorch's network and its targets at four times
        DiffusionProcess process = new DiffusionProcess(NoiseSchedule.of(ScheduleKind.SIGMOID, 1000), Objective.V);
        double[] weights = IntStream.of(0, 17, 500, 999)
                .mapToDouble(time -> process.lossWeight(time, 0))
                .toArray();
        WeightedSquares loss = new WeightedSquares("prediction", ReferenceArrays.read("v_target"), weights);

        // When
        double value = loss.evaluate(Map.of("prediction", new Tensor(ReferenceArrays.read("prediction"), 4, 16, 16, 1)))
                .value();

        // Then
        assertThat(value).isCloseTo(0.7494847774505615, within(1e-5));
    }
}
