package io.lensmill.embedded.misbehaving;

import io.lensmill.embedded.EmbeddedObjectStore;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.ObjectStoreContract;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** While it behaves, the store is like any other. */
class MisbehavingStoreTest extends ObjectStoreContract {

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    static Path directory;

    private static EmbeddedObjectStore server;
    private static MisbehavingStore misbehaving;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedObjectStore.start(directory);
        misbehaving = MisbehavingStore.before(server.settings());
    }

    @AfterAll
    static void stopServer() throws IOException {
        misbehaving.close();
        server.close();
    }

    @AfterEach
    void closeStore() throws IOException {
        ((MinioObjectStore) store).close();
    }

    @Override
    protected ObjectStore emptyStore() throws IOException {
        StoreSettings settings = misbehaving.settings();
        return MinioObjectStore.connect(new StoreSettings(
                settings.endpoint(),
                settings.accessKey(),
                settings.secretKey(),
                "behaving-" + BUCKETS.incrementAndGet(),
                settings.region()));
    }
}
