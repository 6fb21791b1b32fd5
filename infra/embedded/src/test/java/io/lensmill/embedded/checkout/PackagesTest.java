package io.lensmill.embedded.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A reader who opens a package finds a sentence that says what it is for. */
class PackagesTest {

    @Test
    void everyPackageOfTheMainSourcesHasItsSentence() throws IOException {
        // Given
        List<Path> packages = Checkout.files().stream()
                .filter(file ->
                        file.toString().endsWith(".java") && file.toString().contains("src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .toList();

        // When
        List<Path> sentences = packages.stream()
                .map(folder -> folder.resolve("package-info.java"))
                .toList();

        // Then
        assertThat(sentences).isNotEmpty().allSatisfy(file -> assertThat(content(file))
                .as(file.toString())
                .containsPattern("(?s)/\\*\\*.*\\w.*\\*/\\s*package "));
    }

    private static String content(Path file) throws IOException {
        Path found = Checkout.path(file.toString());
        return Files.exists(found) ? Files.readString(found) : "";
    }
}
