package io.lensmill.cli.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDownloadTest {

    private static final byte[] ARRAY = "the array".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PICTURE = {1, 2, 3};

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final SampleDownload download = new SampleDownload(store);

    @TempDir
    private Path folder;

    @BeforeEach
    void makeSamples() throws Exception {
        put("job/000000.npy", ARRAY);
        put("job/images/0000000.png", PICTURE);
        put("other/000000.npy", PICTURE);
        put(
                "job/manifest.json",
                ("{\"batches\": [{\"array\": \"samples/job/000000.npy\", \"sha256\": \"" + Sha256.hex(ARRAY) + "\"}]}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void allOfTheJobAndNothingElseIsWritten() throws Exception {
        // Given
        List<Long> told = new ArrayList<>();

        // When
        int files = download.into("job", folder.resolve("made"), (done, total) -> told.add(done));

        // Then
        assertThat(files).isEqualTo(3);
        assertThat(told).containsExactly(1L, 2L, 3L);
        assertThat(folder.resolve("made/000000.npy")).hasBinaryContent(ARRAY);
        assertThat(folder.resolve("made/images/0000000.png")).hasBinaryContent(PICTURE);
        assertThat(folder.resolve("made/manifest.json")).exists();
    }

    @Test
    void anArrayThatWasChangedIsToldAndTheManifestNotWritten() throws Exception {
        // Given
        put("job/000000.npy", "something else".getBytes(StandardCharsets.UTF_8));

        // When / Then
        assertThatThrownBy(() -> download.into("job", folder, (done, total) -> {}))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("samples/job/000000.npy has another SHA-256");
        assertThat(folder.resolve("manifest.json")).doesNotExist();
    }

    @Test
    void aJobThatIsNotCompleteIsToldSo() {
        assertThatThrownBy(() -> download.into("other", folder, (done, total) -> {}))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("there is no manifest");
        assertThat(folder).isEmptyDirectory();
    }

    private void put(String name, byte[] content) throws Exception {
        store.put(ObjectKey.of("samples/" + name), content);
    }
}
