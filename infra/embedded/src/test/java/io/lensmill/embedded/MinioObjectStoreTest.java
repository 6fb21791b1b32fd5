package io.lensmill.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.ObjectStoreContract;
import io.lensmill.storage.StoreObserver;
import io.lensmill.storage.StorePatience;
import io.lensmill.storage.StoreSettings;
import io.lensmill.storage.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MinIO client against a real S3 server, with a bucket of its own for each test. */
class MinioObjectStoreTest extends ObjectStoreContract {

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    static Path directory;

    private static EmbeddedObjectStore server;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedObjectStore.start(directory);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @AfterEach
    void closeStore() throws IOException {
        ((MinioObjectStore) store).close();
    }

    @Override
    protected ObjectStore emptyStore() throws IOException {
        return MinioObjectStore.connect(settings("contract-" + BUCKETS.incrementAndGet(), server.settings()));
    }

    @Test
    void usesABucketThatExists() throws IOException {
        // Given
        StoreSettings settings = settings("made-before", server.settings());
        ObjectKey key = ObjectKey.of("a");
        try (MinioObjectStore first = MinioObjectStore.connect(settings)) {
            first.put(key, new byte[] {1});
        }

        // When
        byte[] read;
        try (MinioObjectStore second = MinioObjectStore.connect(settings)) {
            read = second.get(key, 1);
        }

        // Then
        assertThat(read).containsExactly(1);
    }

    @Test
    void saysThatCredentialsAreWrongWithoutShowingThem() {
        // Given
        StoreSettings right = server.settings();
        StoreSettings wrong =
                new StoreSettings(right.endpoint(), right.accessKey(), "n0t-the-secret", right.bucket(), "us-east-1");

        // Then
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> MinioObjectStore.connect(wrong))
                .withMessageContainingAll(right.endpoint(), right.bucket(), "SignatureDoesNotMatch")
                .withMessageNotContainingAny("n0t-the-secret", right.secretKey());
    }

    @Test
    void namesTheAddressWhenTheServerIsGone(@TempDir Path other) throws IOException {
        // Given
        EmbeddedObjectStore shortLived = EmbeddedObjectStore.start(other);
        try (MinioObjectStore connected =
                MinioObjectStore.connect(shortLived.settings(), StorePatience.SHORT, StoreObserver.NONE)) {
            shortLived.close();
            ObjectKey key = ObjectKey.of("models/m1/model.json");

            // Then
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> connected.get(key, 1))
                    .withMessageContainingAll(shortLived.settings().endpoint(), "lensmill", key.value());
        }
    }

    private static StoreSettings settings(String bucket, StoreSettings server) {
        return new StoreSettings(server.endpoint(), server.accessKey(), server.secretKey(), bucket, server.region());
    }
}
