package io.lensmill.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.diffusion.schedule.Objective;
import io.lensmill.diffusion.schedule.ScheduleKind;
import io.lensmill.neural.networks.UNetConfig;
import io.lensmill.neural.training.LearningRateSchedule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"seeds", "fast", "demo", "smoke"})
    void everyPresetCanBeTrained(String preset) throws Exception {
        TrainingSettings settings = TrainingSettings.of(preset, Map.of());

        assertThat(settings.totalSteps(4000)).isPositive();
        assertThat(settings.imageSize() % settings.network().sizeStep()).isZero();
    }

    @Test
    void anImageThatCannotBeHadBackIsNothingToGenerate() {
        assertThatThrownBy(() -> TrainingSettings.of("smoke", Map.of("preprocessing", "detail-v1")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("minmax-v1, asinh-v1, minmax-v2, asinh-v2, sqrt-v1;");
    }

    @Test
    void thePresetSeedsIsTheSeedsRun() throws Exception {
        // When
        TrainingSettings seeds = TrainingSettings.of("seeds", Map.of());

        // Then
        assertThat(seeds.network()).isEqualTo(new UNetConfig(64, List.of(1, 2, 4, 8), 4, 32));
        assertThat(seeds.imageSize()).isEqualTo(128);
        assertThat(seeds.batchSize()).isEqualTo(24);
        assertThat(seeds.learningRate()).isEqualTo(1e-5);
        assertThat(seeds.optimiser().weightDecay()).isEqualTo(1e-3);
        assertThat(seeds.schedule()).isEqualTo(ScheduleKind.SIGMOID);
        assertThat(seeds.objective()).isEqualTo(Objective.V);
        assertThat(seeds.totalSteps(10_000)).isEqualTo(31_250);
    }

    @Test
    void theLearningRateRisesAndFallsToNothing() throws Exception {
        // Given: 3 epochs of 40 images in batches of 4
        TrainingSettings settings = TrainingSettings.of(
                "smoke",
                Map.of(
                        "learningRate", "0.01",
                        "learningRateSchedule", "cosine",
                        "warmUpSteps", "10",
                        "steps", "0",
                        "epochs", "3",
                        "batchSize", "4"));

        // When
        LearningRateSchedule rate = settings.learningRateSchedule(40);

        // Then
        assertThat(rate.at(0)).isCloseTo(0.001, within(1e-12));
        assertThat(rate.at(9)).isCloseTo(0.01, within(1e-12));
        assertThat(rate.at(20)).as("half way down").isCloseTo(0.005, within(1e-12));
        assertThat(rate.at(30)).isCloseTo(0, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            imageSize    | 30    | overrides.imageSize must be a multiple of 4, for the 3 levels of multipliers \
            halve it; got 30.
            dim          | 15    | overrides.dim must be even; got 15.
            steps        | 0     | overrides.steps or epochs must be at least 1; both are 0.
            learningRate | NaN   | overrides.learningRate must be 1.0E-9 to 1; got 'NaN'.
            objective    | noise | overrides.objective must be epsilon, x0, v; got 'noise'.
            """)
    void refusesWhatDoesNotGoTogether(String setting, String value, String reason) {
        assertThatThrownBy(() -> TrainingSettings.of("demo", Map.of(setting, value)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.INVALID_PARAMETER))
                .hasMessage(reason);
    }

    @Test
    void listsThePresets() {
        assertThatThrownBy(() -> TrainingSettings.of("quick", Map.of()))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.UNKNOWN_PRESET))
                .hasMessage("There is no diffusion preset 'quick'; there are seeds, fast, demo, smoke.");
    }
}
