package io.lensmill.embedded.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents link to and name is there. */
class DocumentsTest {

    private static final Path ARCHITECTURE = Path.of("ARCHITECTURE.md");

    private static List<Path> places;
    private static List<String> topFolders;

    static List<Document> documents() throws IOException {
        return Document.all();
    }

    static List<Document> documentsOfTheRoot() throws IOException {
        return Document.all().stream()
                .filter(document -> document.file().getNameCount() == 1)
                .toList();
    }

    @BeforeAll
    static void listTheCheckout() throws IOException {
        List<Path> files = Checkout.files();
        places = files.stream()
                .flatMap(file -> Stream.iterate(file, place -> place != null, Path::getParent))
                .distinct()
                .toList();
        topFolders = places.stream()
                .filter(place -> place.getNameCount() == 1 && Files.isDirectory(Checkout.path(place.toString())))
                .map(Path::toString)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadToFiles(Document document) {
        // When
        List<Path> linked = document.linkedFiles();

        // Then
        assertThat(linked).allSatisfy(file -> assertThat(file).exists());
    }

    @ParameterizedTest
    @MethodSource("documentsOfTheRoot")
    void pathsThatTheDocumentsOfTheRootNameAreThere(Document document) {
        // When
        List<String> named = document.namedPaths(topFolders);

        // Then
        assertThat(named).allSatisfy(path -> assertThat(places).as(path).anyMatch(matcher(path)::matches));
    }

    @ParameterizedTest
    @CsvSource({
        "From an image to its classification, 5",
        "From a training request to a model, 8",
        "From a generation request to samples, 9",
        "From a classification to a report, 11"
    })
    void aRoadIsShortEnoughToBeReadInOneSitting(String road, int most) throws IOException {
        // Given
        Document section = new Document(ARCHITECTURE, Document.of(ARCHITECTURE).section(road));

        // When
        List<Path> files = section.linkedFiles();

        // Then
        assertThat(files).hasSizeBetween(3, most).doesNotHaveDuplicates();
    }

    @Test
    void theDoorsAreThere() {
        assertThat(List.of(
                        "ARCHITECTURE.md",
                        "CHANGELOG.md",
                        "CITATION.cff",
                        "CONTRIBUTING.md",
                        "LICENSE",
                        "README.md",
                        "RELEASE.md",
                        "SECURITY.md"))
                .allSatisfy(name -> assertThat(Checkout.path(name)).isNotEmptyFile());
    }

    private static PathMatcher matcher(String path) {
        return FileSystems.getDefault().getPathMatcher("glob:" + path);
    }
}
