package io.lensmill.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.cli.terminal.CommandFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class DemoPresetTest {

    @SuppressWarnings("unused")
    static final List<String> NAMES = DemoPreset.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyPresetIsComplete(String name) {
        DemoPreset preset = DemoPreset.load(name);
        assertThat(preset.name()).isEqualTo(name);
        assertThat(preset.imageSize()).isBetween(8, 1024);
        assertThat(preset.trainPerClass()).isPositive();
        assertThat(preset.heldOutPerClass()).isPositive();
        assertThat(preset.generated()).isPositive();
        assertThat(preset.stageLimit()).isPositive().isLessThan(Duration.ofMinutes(15));
    }

    @Test
    void unknownPresetListsTheNames() {
        assertThatThrownBy(() -> DemoPreset.load("huge"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--preset must be one of [smoke, demo]; got 'huge'.");
    }
}
