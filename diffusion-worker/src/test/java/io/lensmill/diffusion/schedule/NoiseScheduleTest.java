package io.lensmill.diffusion.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.lensmill.neural.Reference;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseScheduleTest {

    private static final Reference REFERENCE = new Reference("unet-dim16");

    private static final int TIMES = 1000;

    @Test
    void theSigmoidScheduleIsTheReferences() {
        // Given
        float[] alphaBars = REFERENCE.array("schedule/alphas_cumprod").values();
        float[] betas = REFERENCE.array("schedule/betas").values();
        float[] ofX0 = REFERENCE.array("schedule/posterior_mean_coef1").values();
        float[] ofX = REFERENCE.array("schedule/posterior_mean_coef2").values();
        float[] variances = REFERENCE.array("schedule/posterior_variance").values();

        // When
        NoiseSchedule schedule = NoiseSchedule.of(ScheduleKind.SIGMOID, TIMES);

        // Then: the reference takes two of its constants in float32, which shows at the last times
        for (TimeStep step : schedule.steps(TIMES, Spacing.EVEN)) {
            int time = step.time();
            assertThat(step.alphaBar()).isCloseTo(alphaBars[time], withinPercentage(5e-3));
            assertThat(step.beta()).isCloseTo(betas[time], withinPercentage(5e-3));
            assertThat(step.posteriorOfX0()).isCloseTo(ofX0[time], withinPercentage(5e-3));
            assertThat(step.posteriorOfX()).isCloseTo(ofX[time], withinPercentage(5e-3));
            assertThat(step.posteriorVariance()).isCloseTo(variances[time], within(1e-5));
        }
    }

    /** Computed with NumPy from the formulas of the papers. */
    @ParameterizedTest
    @CsvSource({
        "LINEAR, 0, 0.9999",
        "LINEAR, 1, 0.9997800921",
        "LINEAR, 500, 0.07779665837",
        "LINEAR, 999, 4.035829765e-05",
        "COSINE, 0, 0.9999587158",
        "COSINE, 500, 0.4922851724",
        "COSINE, 998, 2.428766907e-06",
        "COSINE, 999, 2.428766907e-09"
    })
    void theOtherSchedulesHaveTheirPublishedValues(ScheduleKind kind, int time, double alphaBar) {
        assertThat(NoiseSchedule.of(kind, TIMES).alphaBar(time)).isCloseTo(alphaBar, withinPercentage(1e-6));
    }

    @ParameterizedTest
    @EnumSource(ScheduleKind.class)
    void theSignalOnlyFades(ScheduleKind kind) {
        // Given
        NoiseSchedule schedule = NoiseSchedule.of(kind, TIMES);

        // When / Then
        for (int time = 0; time < TIMES; time++) {
            assertThat(schedule.alphaBar(time)).isGreaterThan(0).isLessThan(schedule.alphaBar(time - 1));
        }
        assertThat(schedule.alphaBar(-1)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"5, 199 399 599 799 999", "3, 332 665 999", "1, 999"})
    void respacedTimesAreEvenAndEndAtTheLast(int steps, String times) {
        // When
        List<TimeStep> trajectory =
                NoiseSchedule.of(ScheduleKind.SIGMOID, TIMES).steps(steps, Spacing.EVEN);

        // Then
        List<String> ascending = trajectory.stream()
                .map(step -> Integer.toString(step.time()))
                .sorted()
                .toList();
        assertThat(String.join(" ", ascending)).isEqualTo(times);
        assertThat(trajectory.get(0).time()).isEqualTo(TIMES - 1);
    }

    @ParameterizedTest
    @CsvSource({"1000", "250", "7", "1"})
    void respacedStepsTakeAwayAllNoiseAndNoMore(int steps) {
        // When
        List<TimeStep> trajectory =
                NoiseSchedule.of(ScheduleKind.SIGMOID, TIMES).steps(steps, Spacing.EVEN);

        // Then: each step begins where the one before led, and the products of 1 - β give ᾱ
        double signal = 1;
        for (int i = trajectory.size() - 1; i >= 0; i--) {
            assertThat(trajectory.get(i).previousAlphaBar())
                    .isEqualTo(
                            i == trajectory.size() - 1
                                    ? 1
                                    : trajectory.get(i + 1).alphaBar());
            signal *= 1 - trajectory.get(i).beta();
            assertThat(signal).isCloseTo(trajectory.get(i).alphaBar(), withinPercentage(1e-6));
        }
        assertThat(trajectory.get(trajectory.size() - 1).posteriorVariance()).isZero();
    }

    @Test
    void thePosteriorIsTheGaussianOfBayesRule() {
        // Given: prior x' ~ N(√ᾱ'·x0, 1-ᾱ'), likelihood x | x' ~ N(√(1-β)·x', β)
        TimeStep step = new TimeStep(10, 0.3, 0.5);
        double priorPrecision = 1 / (1 - 0.5);
        double likelihoodPrecision = (1 - step.beta()) / step.beta();

        // When
        double variance = 1 / (priorPrecision + likelihoodPrecision);

        // Then
        assertThat(step.posteriorVariance()).isCloseTo(variance, within(1e-12));
        assertThat(step.posteriorOfX0()).isCloseTo(variance * priorPrecision * Math.sqrt(0.5), within(1e-12));
        assertThat(step.posteriorOfX()).isCloseTo(variance * Math.sqrt(1 - step.beta()) / step.beta(), within(1e-12));
    }

    @Test
    void refusesImpossibleNumbersOfSteps() {
        NoiseSchedule schedule = NoiseSchedule.of(ScheduleKind.LINEAR, 100);

        assertThatThrownBy(() -> schedule.steps(101, Spacing.EVEN)).hasMessage("steps must be 1 to 100; got 101");
        assertThatThrownBy(() -> schedule.steps(0, Spacing.EVEN)).hasMessage("steps must be 1 to 100; got 0");
        assertThatThrownBy(() -> NoiseSchedule.of(ScheduleKind.LINEAR, 0)).hasMessageContaining("timesteps must be");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50, 600, 999, 1000})
    void quadraticStepsAreDenseAtTheImageAndNoTimeComesTwice(int steps) {
        // When
        List<TimeStep> trajectory = NoiseSchedule.of(ScheduleKind.SIGMOID, 1000).steps(steps, Spacing.QUADRATIC);

        // Then
        assertThat(trajectory).hasSize(steps);
        assertThat(trajectory.get(0).time()).isEqualTo(999);
        assertThat(trajectory)
                .extracting(TimeStep::time)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .doesNotHaveDuplicates();
        if (steps == 50) {
            assertThat(trajectory.subList(44, 50)).extracting(TimeStep::time).containsExactly(13, 9, 5, 3, 1, 0);
        }
    }
}
