package io.lensmill.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelFileTest {

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("labels.csv"), text);
    }

    @Test
    void readsCommasTabulatorsAndIdsWithCommas() throws IOException {
        // Given
        Path file = file("imageId,label\n# from the spectra\nhst-1,sphere\n\nj10,20 \tvort\nfield,3,no\n");
        // When, Then
        assertThat(LabelFile.read(file))
                .containsExactly(
                        new LabelFile.Line("hst-1", "sphere"),
                        new LabelFile.Line("j10,20", "vort"),
                        new LabelFile.Line("field,3", "no"));
    }

    @Test
    void aWrongLineIsNamed() throws IOException {
        // Given
        Path file = file("hst-1,sphere\nhst-2\n");
        // When, Then
        assertThatThrownBy(() -> LabelFile.read(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("hst-2");
    }

    @Test
    void aLineWithoutAClassOrAnImageIsNamed() throws IOException {
        // Given, When, Then
        assertThatThrownBy(() -> LabelFile.read(file("hst-1,\n"))).hasMessageContaining("line 1");
        assertThatThrownBy(() -> LabelFile.read(file(",sphere\n"))).hasMessageContaining("imageId");
    }

    @Test
    void aMissingFileIsTold() {
        // Given, When, Then
        assertThatThrownBy(() -> LabelFile.read(folder.resolve("none.csv")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("none.csv");
    }
}
