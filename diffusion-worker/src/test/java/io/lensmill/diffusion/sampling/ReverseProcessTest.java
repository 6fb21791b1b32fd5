package io.lensmill.diffusion.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.diffusion.schedule.DiffusionProcess;
import io.lensmill.diffusion.schedule.NoiseSchedule;
import io.lensmill.diffusion.schedule.Objective;
import io.lensmill.diffusion.schedule.ScheduleKind;
import io.lensmill.diffusion.schedule.Spacing;
import io.lensmill.diffusion.schedule.TimeStep;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReverseProcessTest {

    private static final DiffusionProcess SIGMOID_V = process(ScheduleKind.SIGMOID, 1000, Objective.V);
    private static final Sampler DDPM = new DdpmSampler();
    private static final Sampler DDIM = new DdimSampler(0);
    private static final Sampler DPM_SOLVER = new DpmSolverSampler();

    /** 0.7 sin(1.3 x + 0.01 t): far from any true denoiser, so that no term of a formula drops out. */
    private static final Denoiser TOY = (first, images, count, time) -> {
        float[] answer = new float[images.length];
        for (int i = 0; i < images.length; i++) {
            answer[i] = (float) (0.7 * Math.sin(1.3 * images[i] + 0.01 * time));
        }
        return answer;
    };

    private static final NoiseSource WAVES = (image, time, out) -> {
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (Math.sqrt(2) * Math.sin(12.9898 * (i + 1) + 78.233 * (image + 1) + 0.7 * time));
        }
    };

    /**
     * Two images of four pixels, the whole loop. Expected: NumPy in float64, written after the formulas of
     * denoising-diffusion-pytorch (p_sample, ddim_sample), for respaced DDPM those of improved-diffusion, and for
     * DPM-Solver++ algorithm 2 of its paper, with its λ.
     */
    static List<Arguments> wholeLoops() {
        return List.of(
                Arguments.of(process(ScheduleKind.COSINE, 100, Objective.V), DDPM, 100, new double[] {
                    0.4225398, 0.4316646, 0.4410477, 0.4490603, 0.4494994, 0.4415533, 0.4320978, 0.4228224
                }),
                Arguments.of(SIGMOID_V, DDPM, 30, new double[] {
                    0.4969965, 0.5152839, 0.5377950, 0.5585447, 0.5567263, 0.5320843, 0.5030143, 0.4799872
                }),
                Arguments.of(process(ScheduleKind.LINEAR, 1000, Objective.EPSILON), DDPM, 250, new double[] {
                    0.6489258, 0.6502483, 0.6494937, 0.6496945, 0.6476418, 0.6473971, 0.6452846, 0.6452423
                }),
                Arguments.of(SIGMOID_V, DDIM, 50, new double[] {
                    0.1751174, 0.4497943, 0.7654230, 0.9567394, 0.9459290, 0.7308167, 0.4168183, 0.1491619
                }),
                Arguments.of(process(ScheduleKind.COSINE, 100, Objective.X0), new DdimSampler(0.5), 7, new double[] {
                    0.2241144, 0.1949075, 0.1958876, 0.2324619, 0.8233796, 0.8308017, 0.8339431, 0.8340595
                }),
                Arguments.of(SIGMOID_V, new DdimSampler(1), 20, new double[] {
                    0.4715171, 0.4763026, 0.4894583, 0.5075656, 0.5526670, 0.5518769, 0.5442071, 0.5305754
                }),
                Arguments.of(SIGMOID_V, DPM_SOLVER, 20, new double[] {
                    0.1734874, 0.4416407, 0.7599370, 0.9549259, 0.9423843, 0.7243829, 0.4091717, 0.1482101
                }),
                Arguments.of(process(ScheduleKind.COSINE, 100, Objective.X0), DPM_SOLVER, 9, new double[] {
                    0.2172872, 0.1931503, 0.1966085, 0.2384741, 0.8238219, 0.8312603, 0.8333797, 0.8317959
                }));
    }

    @ParameterizedTest
    @MethodSource("wholeLoops")
    void wholeLoopsGiveTheGoldenNumbers(DiffusionProcess process, Sampler sampler, int steps, double[] expected) {
        // Given
        ReverseProcess reverse =
                new ReverseProcess(process, sampler, process.schedule().steps(steps, Spacing.EVEN), WAVES);

        // When
        float[] images = reverse.sample(TOY, 0, 2, 4, (done, total) -> {});

        // Then
        double[] got =
                IntStream.range(0, images.length).mapToDouble(i -> images[i]).toArray();
        assertThat(got).containsExactly(expected, within(2e-6));
    }

    @Test
    void aQuadraticallySpacedLoopGivesTheGoldenNumbers() {
        // Given: expected from the same NumPy program, with the times 999, 902, 809 … 22, 9, 2
        ReverseProcess reverse =
                new ReverseProcess(SIGMOID_V, DDIM, SIGMOID_V.schedule().steps(20, Spacing.QUADRATIC), WAVES);

        // When
        float[] images = reverse.sample(TOY, 0, 2, 4, (done, total) -> {});

        // Then
        double[] got =
                IntStream.range(0, images.length).mapToDouble(i -> images[i]).toArray();
        assertThat(got)
                .containsExactly(
                        new double[] {
                            0.1939396, 0.4638537, 0.7650555, 0.9521476, 0.9417202, 0.7325959, 0.4317612, 0.1682100
                        },
                        within(2e-6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 1000})
    void ddimWithAllItsNoiseIsDdpm(int steps) {
        List<TimeStep> trajectory = NoiseSchedule.of(ScheduleKind.SIGMOID, 1000).steps(steps, Spacing.EVEN);
        for (int done = 0; done < trajectory.size(); done++) {
            // When
            Sampler.Move ddpm = DDPM.move(trajectory, done);
            Sampler.Move ddim = new DdimSampler(1).move(trajectory, done);

            // Then
            assertThat(ddim.ofX0()).isCloseTo(ddpm.ofX0(), within(1e-9));
            assertThat(ddim.ofX()).isCloseTo(ddpm.ofX(), within(1e-9));
            assertThat(ddim.ofNoise()).isCloseTo(ddpm.ofNoise(), within(1e-9));
        }
    }

    static List<Arguments> samplersAndSteps() {
        return List.of(
                Arguments.of(DDPM, 1000),
                Arguments.of(DDPM, 250),
                Arguments.of(DDPM, 50),
                Arguments.of(DDIM, 1000),
                Arguments.of(DDIM, 50),
                Arguments.of(new DdimSampler(0.5), 100));
    }

    @ParameterizedTest
    @MethodSource("samplersAndSteps")
    void theExactDenoiserOfAGaussianGivesThatGaussian(Sampler sampler, int steps) {
        // Given: pixels x0 ~ N(0.2, 0.15²); E[x0 | x] = μ + s²a/(s²a² + 1-ᾱ) (x - aμ), far from the clipping at ±1
        double mean = 0.2;
        double variance = 0.15 * 0.15;
        NoiseSchedule schedule = NoiseSchedule.of(ScheduleKind.SIGMOID, 1000);
        DiffusionProcess process = new DiffusionProcess(schedule, Objective.X0);
        ReverseProcess reverse = new ReverseProcess(
                process, sampler, process.schedule().steps(steps, Spacing.EVEN), NoiseSource.seeded(11));
        int count = 32;
        int pixels = steps > 500 ? 64 : 256;

        // When
        float[] images = reverse.sample(
                (first, x, n, time) -> denoiseGaussian(x, schedule.alphaBar(time), mean, variance),
                0,
                count,
                pixels,
                (done, total) -> {});

        // Then: back to [-1, 1]; the variance is that of this sampler's linear recursion, and the
        // data's own when the steps are small (with few, DDPM's β̃ is known to be too narrow)
        double[] x = IntStream.range(0, images.length)
                .mapToDouble(i -> 2.0 * images[i] - 1)
                .toArray();
        double expected = varianceAfter(sampler, schedule.steps(steps, Spacing.EVEN), variance);
        double gotMean = Arrays.stream(x).average().orElseThrow();
        double gotVariance = Arrays.stream(x)
                .map(v -> (v - gotMean) * (v - gotMean))
                .average()
                .orElseThrow();
        double fourSigmas = 4 * Math.sqrt(2.0 / x.length);
        assertThat(gotMean).isCloseTo(mean, within(4 * 0.15 / Math.sqrt(x.length) + 1e-3));
        assertThat(gotVariance).isCloseTo(expected, within(expected * fourSigmas));
        if (steps == 1000) {
            assertThat(expected).isCloseTo(variance, within(0.05 * variance));
        }
    }

    /**
     * Pixels N(0, 0.15²) and their exact denoiser: the probability flow keeps x / √(s²ᾱ + 1-ᾱ), so how much a sampling
     * shrinks it is the error of its steps alone. Half as large steps: half the error for DDIM, a quarter for the
     * second-order solver.
     */
    @Test
    void theSolverIsOfSecondOrderWhereDdimIsOfFirst() {
        double[] ddim = {flowError(DDIM, 50), flowError(DDIM, 100), flowError(DDIM, 200)};
        double[] solver = {flowError(DPM_SOLVER, 50), flowError(DPM_SOLVER, 100), flowError(DPM_SOLVER, 200)};

        assertThat(ddim[1] / ddim[2]).isBetween(1.7, 2.4);
        assertThat(solver[1] / solver[2]).isBetween(3.2, 5.0);
        assertThat(solver[0]).isLessThan(ddim[0] / 3);
    }

    private static double flowError(Sampler sampler, int steps) {
        double variance = 0.15 * 0.15;
        List<TimeStep> trajectory = NoiseSchedule.of(ScheduleKind.COSINE, 1000).steps(steps, Spacing.EVEN);
        // From the flow itself a tenth after the beginning to a tenth before the end: at both ends the logarithm of the
        // signal-to-noise ratio, in which the solver's steps are counted, runs away.
        int first = steps / 10;
        int end = steps - steps / 10;
        double earlier = spread(trajectory.get(first - 1).alphaBar(), variance);
        double earlierX0 = gain(trajectory.get(first - 1).alphaBar(), variance) * earlier;
        double x = spread(trajectory.get(first).alphaBar(), variance);
        for (int done = first; done < end; done++) {
            Sampler.Move move = sampler.move(trajectory, done);
            double x0 = gain(trajectory.get(done).alphaBar(), variance) * x;
            x = move.ofX0() * x0 + move.ofEarlierX0() * earlierX0 + move.ofX() * x;
            earlierX0 = x0;
        }
        return Math.abs(x / spread(trajectory.get(end - 1).previousAlphaBar(), variance) - 1);
    }

    private static double spread(double alphaBar, double variance) {
        return Math.sqrt(variance * alphaBar + 1 - alphaBar);
    }

    static List<Sampler> samplers() {
        return List.of(DDPM, new DdimSampler(0.3), DPM_SOLVER);
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void anImageIsTheSameInWhateverBatch(Sampler sampler) {
        // Given
        ReverseProcess reverse = new ReverseProcess(
                SIGMOID_V, sampler, SIGMOID_V.schedule().steps(12, Spacing.EVEN), NoiseSource.seeded(5));

        // When
        float[] all = reverse.sample(TOY, 0, 20, 9, (done, total) -> {});
        float[] some = reverse.sample(TOY, 16, 3, 9, (done, total) -> {});

        // Then
        assertThat(some).isEqualTo(Arrays.copyOfRange(all, 16 * 9, 19 * 9));
        assertThat(Arrays.copyOfRange(all, 0, 9)).isNotEqualTo(Arrays.copyOfRange(all, 9, 18));
    }

    @Test
    void stopsBeforeTheNextStep() {
        // Given
        int[] calls = {0};
        Denoiser counting = (first, images, count, time) -> {
            calls[0]++;
            return images.clone();
        };
        ReverseProcess reverse = new ReverseProcess(
                SIGMOID_V, DDIM, SIGMOID_V.schedule().steps(50, Spacing.EVEN), NoiseSource.seeded(5));

        // When / Then
        assertThatThrownBy(() -> reverse.sample(counting, 0, 1, 4, (done, total) -> {
                    if (done == 3) {
                        throw new InterruptedException("stop");
                    }
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(calls[0]).isEqualTo(3);
    }

    @Test
    void refusesNaN() {
        // Given
        Denoiser damaged = (first, images, count, time) -> {
            float[] answer = new float[images.length];
            answer[1] = Float.NaN;
            return answer;
        };
        ReverseProcess reverse =
                new ReverseProcess(SIGMOID_V, DDIM, SIGMOID_V.schedule().steps(2, Spacing.EVEN), NoiseSource.seeded(5));

        // When / Then
        assertThatThrownBy(() -> reverse.sample(damaged, 0, 1, 4, (done, total) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void refusesAnEtaOutOfRange() {
        assertThatThrownBy(() -> new DdimSampler(1.5)).hasMessage("eta must be 0 to 1; got 1.5");
        assertThatThrownBy(() -> new DdimSampler(Double.NaN)).hasMessage("eta must be 0 to 1; got NaN");
    }

    private static float[] denoiseGaussian(float[] x, double alphaBar, double mean, double variance) {
        double a = Math.sqrt(alphaBar);
        float[] answer = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            answer[i] = (float) (mean + gain(alphaBar, variance) * (x[i] - a * mean));
        }
        return answer;
    }

    private static double gain(double alphaBar, double variance) {
        return variance * Math.sqrt(alphaBar) / (variance * alphaBar + 1 - alphaBar);
    }

    private static double varianceAfter(Sampler sampler, List<TimeStep> trajectory, double variance) {
        double now = 1;
        for (int done = 0; done < trajectory.size(); done++) {
            TimeStep step = trajectory.get(done);
            Sampler.Move move = sampler.move(trajectory, done);
            double factor = move.ofX0() * gain(step.alphaBar(), variance) + move.ofX();
            now = factor * factor * now + move.ofNoise() * move.ofNoise();
        }
        return now;
    }

    private static DiffusionProcess process(ScheduleKind kind, int timesteps, Objective objective) {
        return new DiffusionProcess(NoiseSchedule.of(kind, timesteps), objective);
    }
}
