package io.lensmill.metricsworker.page.store;

import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.StoreObserver;
import io.lensmill.storage.StorePatience;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The object store, connected when first asked for: the worker starts and reports without it. After a failure nobody
 * asks again for ten seconds, so that a page full of pictures does not wait for each of them.
 */
public final class PatientStore implements AutoCloseable {

    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Optional<StoreSettings> settings;
    private final StoreObserver observer;
    private final LongSupplier nanoTime;
    private MinioObjectStore store;
    private IOException failure;
    private long failedAt;

    /**
     * @param settings empty: there is no store
     * @param observer hears how calls end
     */
    public PatientStore(Optional<StoreSettings> settings, StoreObserver observer, LongSupplier nanoTime) {
        this.settings = settings;
        this.observer = observer;
        this.nanoTime = nanoTime;
    }

    public boolean configured() {
        return settings.isPresent();
    }

    /** @throws IOException when no store is configured, or it does not answer */
    public synchronized PageObjects objects() throws IOException {
        if (settings.isEmpty()) {
            throw new IOException("No object store is configured: set lensmill.store.access-key and secret-key.");
        }
        if (store == null) {
            connect();
        }
        return new PageObjects(store);
    }

    private void connect() throws IOException {
        if (failure != null && nanoTime.getAsLong() - failedAt < PAUSE_NANOS) {
            throw failure;
        }
        try {
            store = MinioObjectStore.connect(settings.get(), StorePatience.SHORT, observer);
        } catch (IOException e) {
            failure = e;
            failedAt = nanoTime.getAsLong();
            throw e;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }
}
