package io.lensmill.metricsworker.archive;

import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;

/** A store that is connected when it is first asked for, and asked again until it is: the worker starts without it. */
public final class LazyStore implements ReportArchive.Store {

    private final StoreSettings settings;
    private MinioObjectStore store;

    public LazyStore(StoreSettings settings) {
        this.settings = settings;
    }

    @Override
    public synchronized ObjectStore connected() throws IOException {
        if (store == null) {
            store = MinioObjectStore.connect(settings);
        }
        return store;
    }

    @Override
    public synchronized void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }
}
