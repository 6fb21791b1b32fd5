package io.lensmill.metricsworker.page.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SheetKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models/ddpm-1/contact-sheet.png",
                "samples/made.2/contact-sheet.png",
                "sheets/ddpm-1/00008000.png"
            })
    void contactSheetsAreShown(String key) {
        assertThat(SheetKey.of(key))
                .hasValueSatisfying(found -> assertThat(found.value()).isEqualTo(key));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "models/ddpm-1/model.json",
                "models/ddpm-1/ema.safetensors",
                "models/a/b/contact-sheet.png",
                "samples/made/images/0000001.png",
                "datasets/lenses/contact-sheet.png",
                "checkpoints/a/contact-sheet.png",
                "models/../contact-sheet.png",
                "models/a..b/contact-sheet.png",
                "models/%2e%2e/contact-sheet.png",
                "/models/a/contact-sheet.png",
                "models/a/contact-sheet.png/",
                "models/a/contact-sheet.png\n",
                "models\\a\\contact-sheet.png",
                "sheets/a/8000.png",
                "sheets/a/00008000.png.npy"
            })
    void nothingElseIs(String key) {
        assertThat(SheetKey.of(key)).isEmpty();
    }
}
