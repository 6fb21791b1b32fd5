package io.lensmill.jobs.presets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {

    private enum Schedule {
        LINEAR,
        COSINE,
        ONE_CYCLE
    }

    private static final Setting<Integer> STEPS = Setting.integer("steps", 1, 1000);
    private static final Setting<Double> RATE = Setting.decimal("learningRate", 0, 1);
    private static final Setting<Boolean> FLIPS = Setting.flag("flips");
    private static final Setting<List<Integer>> MULTIPLIERS = Setting.integers("multipliers", 1, 16, 1, 4);
    private static final Setting<Schedule> SCHEDULE = Setting.choice("schedule", Schedule.class);

    private final Presets presets =
            new Presets("toy", PresetsTest.class, List.of("small"), List.of(STEPS, RATE, FLIPS, MULTIPLIERS, SCHEDULE));

    @Test
    void readsAPresetWithOverrides() throws Exception {
        // Given
        Map<String, String> overrides = Map.of("steps", "20", "multipliers", "1, 2", "schedule", "linear");

        // When
        Settings settings = presets.resolve("small", overrides);

        // Then
        assertThat(settings.get(STEPS)).isEqualTo(20);
        assertThat(settings.get(RATE)).isEqualTo(0.01);
        assertThat(settings.get(FLIPS)).isTrue();
        assertThat(settings.get(MULTIPLIERS)).containsExactly(1, 2);
        assertThat(settings.get(SCHEDULE)).isEqualTo(Schedule.LINEAR);
        assertThat(settings).hasToString("flips=true learningRate=0.01 multipliers=1, 2 schedule=linear steps=20");
    }

    @Test
    void listsThePresetsThatThereAre() {
        assertThatThrownBy(() -> presets.resolve("huge", Map.of()))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.UNKNOWN_PRESET))
                .hasMessage("There is no toy preset 'huge'; there are small.");
    }

    @Test
    void listsTheSettingsThatThereAre() {
        assertThatThrownBy(() -> presets.resolve("small", Map.of("stepz", "3")))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.INVALID_PARAMETER))
                .hasMessage(
                        "overrides has no setting 'stepz'; the toy settings are steps (1 to 1000); learningRate (0 to"
                                + " 1); flips (true, false); multipliers (1 to 4 numbers of 1 to 16, with commas"
                                + " between); schedule (linear, cosine, oneCycle).");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            steps        | 0
            steps        | 2.5
            steps        | many
            steps        | NaN
            learningRate | NaN
            learningRate | 1.01
            flips        | yes
            multipliers  | 1,,2
            multipliers  | 1,2,3,4,5
            schedule     | COSINE
            schedule     | one_cycle
            """)
    void refusesValuesOutOfRange(String setting, String value) {
        assertThatThrownBy(() -> presets.resolve("small", Map.of(setting, value)))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("overrides." + setting + " must be ")
                .hasMessageEndingWith("; got '" + value + "'.");
    }

    @Test
    void aPresetFileMustNameEverySetting() {
        Setting<Integer> more = Setting.integer("more", 0, 1);

        assertThatThrownBy(() -> new Presets("toy", PresetsTest.class, List.of("small"), List.of(STEPS, more)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lacks [more]");
        assertThatThrownBy(() -> new Presets("toy", PresetsTest.class, List.of("other"), List.of(STEPS)))
                .hasMessageContaining("/presets/toy/other.properties");
    }
}
