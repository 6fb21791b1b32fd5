package io.lensmill.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.neural.Reference;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiffusionProcessTest {

    private static final Reference REFERENCE = new Reference("unet-dim16");

    private static final int PIXELS = 16 * 16;
    private static final int[] TIMES = {0, 17, 500, 999};

    private final NoiseSchedule schedule = NoiseSchedule.of(ScheduleKind.SIGMOID, 1000);
    private final DiffusionProcess process = new DiffusionProcess(schedule, Objective.V);

    @Test
    void noisedImagesAndTargetsAreTheReferences() {
        // Given
        float[] noised = REFERENCE.array("noised").values();
        float[] targets = REFERENCE.array("v_target").values();
        float[] noise = REFERENCE.array("noise").values();
        float[] images = REFERENCE.array("images").values();
        float[] out = new float[PIXELS];

        for (int image = 0; image < TIMES.length; image++) {
            float[] x0 = slice(images, image);
            for (int i = 0; i < PIXELS; i++) {
                x0[i] = 2 * x0[i] - 1;
            }

            // When / Then
            process.addNoise(x0, slice(noise, image), TIMES[image], out);
            assertThat(out).containsExactly(slice(noised, image), within(1e-6f));
            process.target(x0, slice(noise, image), TIMES[image], out);
            assertThat(out).containsExactly(slice(targets, image), within(1e-6f));
        }
    }

    @Test
    void thePosteriorMeanIsTheReferences() {
        // Given
        float[] x = slice(REFERENCE.array("noised").values(), 2);
        float[] x0 = REFERENCE.array("ddpm_x0_t500").values();
        float[] expected = REFERENCE.array("ddpm_mean_t500").values();

        // When
        TimeStep step = schedule.steps(1000, Spacing.EVEN).get(999 - 500);

        // Then
        for (int i = 0; i < PIXELS; i++) {
            assertThat(step.posteriorOfX0() * x0[i] + step.posteriorOfX() * x[i])
                    .isCloseTo(expected[i], within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void aPerfectAnswerGivesTheCleanImageBack(Objective objective) {
        // Given
        double a = Math.sqrt(0.3);
        double s = Math.sqrt(0.7);
        double x0 = 0.4;
        double noise = -1.1;

        // When
        double answer = objective.target(x0, noise, a, s);

        // Then
        assertThat(objective.toX0(answer, a * x0 + s * noise, a, s)).isCloseTo(x0, within(1e-12));
    }

    @Test
    void lossWeightsAreTheReferences() {
        // Given
        float[] weights = REFERENCE.array("loss_weight").values();

        for (int time = 0; time < 1000; time++) {
            // When / Then
            assertThat(process.lossWeight(time, 0)).isCloseTo(weights[time], within(1e-6));
            // SNR / (SNR + 1) is ᾱ.
            assertThat(process.lossWeight(time, 0)).isCloseTo(schedule.alphaBar(time), within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(Objective.class)
    void allObjectivesWeighTheErrorOfTheCleanImageAlike(Objective objective) {
        // Given: an error d of the answer is an error c·d of x0
        int time = 100;
        double a = Math.sqrt(schedule.alphaBar(time));
        double s = Math.sqrt(1 - schedule.alphaBar(time));
        double slope = objective.toX0(1, 0, a, s) - objective.toX0(0, 0, a, s);
        DiffusionProcess any = new DiffusionProcess(schedule, objective);

        // When / Then: weight · d² = clipped ratio · (c·d)²
        assertThat(schedule.signalToNoise(time)).isGreaterThan(5);
        assertThat(any.lossWeight(time, 5)).isCloseTo(5 * slope * slope, within(1e-9));
        assertThat(any.lossWeight(time, 0)).isCloseTo(schedule.signalToNoise(time) * slope * slope, within(1e-9));
    }

    private static float[] slice(float[] images, int image) {
        return Arrays.copyOfRange(images, image * PIXELS, (image + 1) * PIXELS);
    }
}
