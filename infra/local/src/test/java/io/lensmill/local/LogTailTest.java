package io.lensmill.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    private Path folder;

    @Test
    void onlyTheLastLinesAreShown() throws IOException {
        // Given
        Path log = write(IntStream.range(0, 5000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n")));
        // When
        String tail = LogTail.of(log);
        // Then
        assertThat(tail.lines()).hasSize(15).last().isEqualTo("    line 4999");
    }

    @Test
    void stackFramesGiveWayToTheirReason() throws IOException {
        // Given
        Path log = write("Caused by: java.io.IOException: disk full\n" + "\tat a.b.C.d(C.java:5)\n".repeat(40)
                + "\t... 9 more\n");
        // When, Then
        assertThat(LogTail.of(log)).isEqualTo("    Caused by: java.io.IOException: disk full");
    }

    @Test
    void missingLogIsSaid() {
        assertThat(LogTail.of(folder.resolve("none"))).contains("no log");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("log"), text);
    }
}
