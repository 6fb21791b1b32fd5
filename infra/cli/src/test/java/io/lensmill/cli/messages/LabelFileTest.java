package io.lensmill.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(LabelFile.read(file).labels())
                .containsExactly(
                        new LabelFile.Line("hst-1", "sphere"),
                        new LabelFile.Line("j10,20", "vort"),
                        new LabelFile.Line("field,3", "no"));
    }

    @Test
    void aClassMayHaveAnyOfItsNames() throws IOException {
        // Given
        Path file = file("id,Class\nla-0,axion\nla-1,VORT\nla-2, CDM\nla-3\t\"No substructure\"\n\"la,4\",no-sub\n");
        // When
        LabelFile read = LabelFile.read(file);
        // Then
        assertThat(read.headerLeftOut()).isTrue();
        assertThat(read.labels())
                .containsExactly(
                        new LabelFile.Line("la-0", "vort"),
                        new LabelFile.Line("la-1", "vort"),
                        new LabelFile.Line("la-2", "sphere"),
                        new LabelFile.Line("la-3", "no"),
                        new LabelFile.Line("la,4", "no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quasar", "2", "vort;x", "label"})
    void whatIsNoClassIsRefusedWithItsLine(String label) throws IOException {
        // Given
        Path file = file("la-0,axion\n\nla-1," + label + "\n");
        // When, Then
        assertThatThrownBy(() -> LabelFile.read(file))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("labels.csv, line 3: '" + label + "' is no class")
                .hasMessageContaining("vort (vortex, axion)");
    }

    @Test
    void anImageWithTwoClassesIsRefused() throws IOException {
        assertThat(LabelFile.read(file("a,no\na,no_sub\n")).labels()).hasSize(1);
        assertThatThrownBy(() -> LabelFile.read(file("a,no\na,vort\n"))).hasMessageContaining("line 2: the image 'a'");
    }

    @Test
    void aFileWithoutALabelOrInAnotherEncodingIsRefused() throws IOException {
        // Given
        Path latin = folder.resolve("latin.csv");
        Files.write(latin, new byte[] {(byte) 0xe9, ',', 'n', 'o', '\n'});
        // When, Then
        assertThatThrownBy(() -> LabelFile.read(file("\ufeffimageId,label\n"))).hasMessageContaining("holds no label");
        assertThatThrownBy(() -> LabelFile.read(latin)).hasMessageContaining("no text in UTF-8");
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
