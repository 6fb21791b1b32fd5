package io.lensmill.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.StoreObserver;
import io.lensmill.storage.StorePatience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedObjectStoreTest {

    private static final ObjectKey KEY = ObjectKey.of("datasets/demo/train/no/1.npy");

    @TempDir
    Path directory;

    @Test
    void keepsObjectsWhenStartedAgain() throws IOException {
        // Given
        String firstSecret;
        try (EmbeddedObjectStore server = EmbeddedObjectStore.start(directory);
                MinioObjectStore store = MinioObjectStore.connect(server.settings())) {
            firstSecret = server.settings().secretKey();
            store.put(KEY, new byte[] {1, 2, 3});
        }

        // When
        try (EmbeddedObjectStore server = EmbeddedObjectStore.start(directory);
                MinioObjectStore store = MinioObjectStore.connect(server.settings())) {
            // Then
            assertThat(store.get(KEY, 3)).containsExactly(1, 2, 3);
            assertThat(store.list("")).containsExactly(new ObjectEntry(KEY, 3));
            assertThat(server.settings().secretKey()).isNotEqualTo(firstSecret);
        }
    }

    @Test
    void listensOnTheGivenPort() throws IOException {
        // Given
        int port = Ports.free();

        // When
        try (EmbeddedObjectStore server = EmbeddedObjectStore.start(directory, port)) {
            // Then
            assertThat(server.settings().endpoint()).isEqualTo("http://127.0.0.1:" + port);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> EmbeddedObjectStore.start(directory.resolve("second"), port))
                    .withMessageContaining(":" + port);
        }
    }

    @Test
    void answersNobodyWithoutASignature() throws Exception {
        // Given
        try (EmbeddedObjectStore server = EmbeddedObjectStore.start(directory);
                MinioObjectStore store = MinioObjectStore.connect(server.settings())) {
            store.put(KEY, new byte[] {1});
            HttpRequest unsigned = HttpRequest.newBuilder(
                            URI.create(server.settings().endpoint() + "/lensmill/" + KEY))
                    .build();

            // When
            int status = HttpClient.newHttpClient()
                    .send(unsigned, BodyHandlers.discarding())
                    .statusCode();

            // Then
            assertThat(status).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 255, 256, 300, 1_000})
    void aKeyThatNoFileCanHaveIsAnAnswerAboutTheKey(int length) throws IOException {
        // Given
        ObjectKey key = ObjectKey.of("inbox/" + "k".repeat(length));
        try (EmbeddedObjectStore server = EmbeddedObjectStore.start(directory);
                MinioObjectStore store =
                        MinioObjectStore.connect(server.settings(), StorePatience.SHORT, StoreObserver.NONE)) {
            // Then
            assertThatExceptionOfType(ObjectRefusedException.class).isThrownBy(() -> store.get(key, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"datasets/demo/train/no/1.npy/below", "datasets/demo/train/no", "datasets", "none/here"})
    void besideFilesAndFoldersThereIsNothing(String key) throws IOException {
        // Given
        try (EmbeddedObjectStore server = EmbeddedObjectStore.start(directory);
                MinioObjectStore store =
                        MinioObjectStore.connect(server.settings(), StorePatience.SHORT, StoreObserver.NONE)) {
            store.put(KEY, new byte[] {1});

            // Then
            assertThatExceptionOfType(ObjectNotFoundException.class).isThrownBy(() -> store.get(ObjectKey.of(key), 1));
        }
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedObjectStore.start(directory, 70_000))
                .withMessageContainingAll("port", "70000");
    }
}
