package io.lensmill.metricsworker.archive;

import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.StoreObserver;
import io.lensmill.storage.StorePatience;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;

/** A store that is connected when it is first asked for, and asked again until it is: the worker starts without it. */
public final class LazyStore implements ReportArchive.Store {

    private final StoreSettings settings;
    private final StoreObserver observer;
    private MinioObjectStore store;

    /** @param observer hears how calls end */
    public LazyStore(StoreSettings settings, StoreObserver observer) {
        this.settings = settings;
        this.observer = observer;
    }

    @Override
    public synchronized ObjectStore connected() throws IOException {
        if (store == null) {
            store = MinioObjectStore.connect(settings, StorePatience.DEFAULT, observer);
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
