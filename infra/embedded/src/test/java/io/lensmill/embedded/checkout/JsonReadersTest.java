package io.lensmill.embedded.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** JSON is read within limits: by shared/reading alone. Writing is free. */
class JsonReadersTest {

    private static final Pattern READING = Pattern.compile("\\.(readTree|readValue|readerFor|createParser)\\(");

    @Test
    void noMainSourceReadsJsonByItself() throws IOException {
        // Given
        List<Path> sources = Checkout.files().stream()
                .filter(file -> file.toString().endsWith(".java")
                        && file.toString().contains("src/main/java/")
                        && !file.startsWith("shared/reading"))
                .toList();

        // When
        List<Path> readers = new ArrayList<>();
        for (Path source : sources) {
            if (READING.matcher(Checkout.read(source.toString())).find()) {
                readers.add(source);
            }
        }

        // Then
        assertThat(sources).hasSizeGreaterThan(100);
        assertThat(readers).isEmpty();
    }
}
