package io.lensmill.classifier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.neural.training.AdamW;
import io.lensmill.neural.training.Sgd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSettingsTest {

    @Test
    void theSeedsPresetHasTheSeedsNumbers() throws Exception {
        // When
        TrainingSettings settings = TrainingSettings.of("seeds", Map.of());

        // Then
        assertThat(settings.network(3)).isEqualTo(ResNetConfig.resNet34(3));
        assertThat(settings.optimiser()).isEqualTo(new Sgd(0.9, false, 0.001));
        assertThat(settings.schedule(1000).at(999)).isEqualTo(0.001);
        assertThat(settings.imageSize()).isEqualTo(150);
        assertThat(settings.batchSize()).isEqualTo(32);
        assertThat(settings.epochs()).isEqualTo(45);
        assertThat(settings.dihedral()).isFalse();
        assertThat(settings.maxGradientNorm()).isZero();
    }

    @Test
    void everyPresetCanBeUsed() throws Exception {
        assertThat(TrainingSettings.presets()).containsExactly("seeds", "fast", "demo", "smoke", "few-labels");
        for (String preset : TrainingSettings.presets()) {
            TrainingSettings settings = TrainingSettings.of(preset, Map.of());
            assertThat(settings.network(3).classes()).isEqualTo(3);
            assertThat(settings.schedule(100).at(50)).isPositive();
        }
    }

    @Test
    void overridesReplaceSettingsByName() throws Exception {
        // When
        TrainingSettings settings = TrainingSettings.of(
                "demo",
                Map.of("blocks", "1, 1", "width", "4", "optimiser", "adamw", "augmentation", "none", "epochs", "2"));

        // Then
        assertThat(settings.network(3).blocks()).isEqualTo(List.of(1, 1));
        assertThat(settings.optimiser()).isInstanceOf(AdamW.class);
        assertThat(settings.dihedral()).isFalse();
        assertThat(settings.epochs()).isEqualTo(2);
        assertThat(settings.asText()).containsEntry("epochs", "2");
    }

    @ParameterizedTest
    @CsvSource({
        "learningRate,NaN,1.0E-8 to 10",
        "learningRate,fast,1.0E-8 to 10",
        "epochs,-1,0 to 10000",
        "epochs,2.5,0 to 10000",
        "imageSize,8,16 to 512",
        "optimiser,lion,'sgd, adamw'",
        "nesterov,yes,'true, false'",
        "preprocessing,none,'minmax-v1, asinh-v1'",
        "dropout,1,0 to 0.9"
    })
    void valuesOutsideTheirRangeAreRefusedWithTheRange(String name, String value, String allowed) {
        assertThatThrownBy(() -> TrainingSettings.of("demo", Map.of(name, value)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.INVALID_PARAMETER))
                .hasMessageContaining(name)
                .hasMessageContaining(allowed)
                .hasMessageContaining("'" + value + "'");
    }

    @Test
    void anUnknownSettingIsRefusedWithAllThereAre() {
        assertThatThrownBy(() -> TrainingSettings.of("demo", Map.of("learnRate", "1")))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.INVALID_PARAMETER))
                .hasMessageContaining("'learnRate'")
                .hasMessageContaining("learningRate (1.0E-8 to 10)")
                .hasMessageContaining("epochs (0 to 10000)");
    }

    @Test
    void anUnknownPresetIsRefusedWithAllThereAre() {
        assertThatThrownBy(() -> TrainingSettings.of("huge", Map.of()))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.UNKNOWN_PRESET))
                .hasMessageContaining("seeds, fast, demo, smoke, few-labels");
    }
}
