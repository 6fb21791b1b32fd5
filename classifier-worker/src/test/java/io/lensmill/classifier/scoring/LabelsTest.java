package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {

    private static final List<String> CLASSES = List.of("no", "sphere", "vort");

    @ParameterizedTest
    @CsvSource({
        "sphere,sphere",
        "SPHERE,sphere",
        "subhalo,sphere",
        "cdm,sphere",
        "axion,vort",
        "vortex,vort",
        "no_sub,no"
    })
    void labelsAndTheirAliasesMeanTheModelsClass(String label, String expected) throws Exception {
        // When
        String normalised = Labels.normalise(label, CLASSES);

        // Then
        assertThat(normalised).isEqualTo(expected);
    }

    @Test
    void noLabelStaysNoLabel() throws Exception {
        assertThat(Labels.normalise(null, CLASSES)).isNull();
        assertThat(Labels.normalise(" ", CLASSES)).isNull();
    }

    @Test
    void anAliasOfAClassThatTheModelLacksIsUnknown() {
        assertThatThrownBy(() -> Labels.normalise("vortex", List.of("no", "sphere")))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.UNKNOWN_CLASS))
                .hasMessageContaining("'vortex'")
                .hasMessageContaining("no, sphere");
    }
}
