package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {

    @ParameterizedTest
    @CsvSource({
        "no, no",
        "no_sub, no",
        "No Substructure, no",
        "NO-SUB, no",
        "CDM, sphere",
        "'  subhalo ', sphere",
        "VORT, vort",
        "axion, vort"
    })
    void aClassIsMeantByAnyOfItsNames(String name, String written) {
        assertThat(ClassNames.written(name)).contains(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "quasar", "2", "class", "no,sphere", "vort\u001b"})
    void whatIsNoNameMeansNoClass(String name) {
        assertThat(ClassNames.written(name)).isEmpty();
    }

    @Test
    void aModelsOwnSpellingIsKept() {
        // Given
        List<String> classes = List.of("Axion", "CDM", "spiral");

        // Then
        assertThat(ClassNames.among("vortex", classes)).contains("Axion");
        assertThat(ClassNames.among("sphere", classes)).contains("CDM");
        assertThat(ClassNames.among("SPIRAL", classes)).contains("spiral");
        assertThat(ClassNames.among("no", classes)).isEmpty();
    }
}
