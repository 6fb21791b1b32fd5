package io.lensmill.embedded.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The formatter leaves comments and strings as they are, so their lines are measured here. */
class LineLengthTest {

    private static final int COLUMNS = 120;

    @Test
    void noLineOfJavaIsLongerThanTheColumns() throws IOException {
        // Given
        List<Path> sources = Checkout.files().stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();

        // When
        List<String> longer = new ArrayList<>();
        for (Path source : sources) {
            List<String> lines = Checkout.read(source.toString()).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).codePoints().count() > COLUMNS) {
                    longer.add(source + ":" + (i + 1));
                }
            }
        }

        // Then
        assertThat(sources).isNotEmpty();
        assertThat(longer).isEmpty();
    }
}
