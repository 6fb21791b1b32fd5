package io.lensmill.imaging.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.imaging.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationWriterTest {

    private static final SimulationRequest REQUEST =
            SimulationRequest.of(SimulationModel.MODEL_1, 11, 3, 2).withSize(24).withSubstructure(2);

    @TempDir
    Path directory;

    @Test
    void aSetIsMadeAgainFromItsParametersOnAnyNumberOfThreads() throws Exception {
        // Given
        Path first = directory.resolve("first");
        new SimulationWriter(REQUEST).write(first, 1, Progress.NONE);
        // When
        Path second = directory.resolve("second");
        new SimulationWriter(SimulationWriter.read(first.resolve("parameters.json"))).write(second, 5, Progress.NONE);
        // Then
        assertThat(files(first)).hasSize(15 + 2).isEqualTo(files(second));
        assertThat(files(first)).containsKeys("train/no/00002.npy", "val/vort/00003.npy", "val/sphere/00004.npy");
    }

    /** Made by b8a5404: another look stood behind the name {@code challenge} then. */
    @Test
    void aSetOfAnEarlierVersionIsMadeAgain() throws Exception {
        // Given
        Path file =
                Path.of(getClass().getResource("/simulation-2/parameters.json").toURI());
        // When
        new SimulationWriter(SimulationWriter.read(file)).write(directory.resolve("again"), 2, Progress.NONE);
        // Then
        try (InputStream sums = getClass().getResourceAsStream("/simulation-2/SHA256SUMS")) {
            Map<String, String> expected = new BufferedReader(new InputStreamReader(sums, StandardCharsets.UTF_8))
                    .lines()
                    .map(line -> line.split("  "))
                    .collect(Collectors.toMap(line -> line[1], line -> line[0]));
            assertThat(expected).hasSize(7);
            assertThat(files(directory.resolve("again"))).containsAllEntriesOf(expected);
        }
    }

    @Test
    void aFileThatIsNoSetsParametersIsRefusedByName() throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("prior.json"), "{\"version\": 3, \"lens\": []}");
        // When / Then
        assertThatThrownBy(() -> SimulationWriter.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        file + " cannot be used: 'lens' at line 1, column 27 is not known; known are request, settings,"
                                + " version");
    }

    @Test
    void everyImageIsReported() throws Exception {
        // Given
        AtomicLong most = new AtomicLong();
        // When
        new SimulationWriter(REQUEST)
                .write(directory, 2, (done, total) -> most.accumulateAndGet(done * 1000 + total, Math::max));
        // Then
        assertThat(most).hasValue(15 * 1000 + 15);
    }

    @Test
    void whatEachImageShowsStandsBesideIt() throws Exception {
        // Given / When
        new SimulationWriter(REQUEST).write(directory, 2, Progress.NONE);
        // Then
        assertThat(Files.readAllLines(directory.resolve("lenses.jsonl")))
                .hasSize(15)
                .anySatisfy(line -> assertThat(line).contains("\"lensClass\":\"VORTEX\"", "\"halfLength\""));
        assertThat(Files.readString(directory.resolve("parameters.json")))
                .contains("\"seed\" : 11", "\"size\" : 24", SimulationWriter.VERSION);
    }

    @Test
    void aFolderWithFilesIsLeftAlone() throws Exception {
        // Given
        Files.writeString(directory.resolve("notes.txt"), "mine");
        // When / Then
        assertThatThrownBy(() -> new SimulationWriter(REQUEST).write(directory, 1, Progress.NONE))
                .isInstanceOf(DirectoryNotEmptyException.class);
    }

    @Test
    void requestsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SimulationRequest.of(SimulationModel.DEMO, 1, 0, 0))
                .hasMessageContaining("1 to 100000");
        assertThatThrownBy(() -> REQUEST.withSize(2000)).hasMessageContaining("8 to 1024");
    }

    private static SortedMap<String, String> files(Path folder) throws Exception {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), io.lensmill.storage.Sha256.hex(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
