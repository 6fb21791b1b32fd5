package io.lensmill.imaging.dataset;

import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Objects in memory that counts how often one was read. */
final class CountingStore implements ObjectStore {

    final AtomicInteger reads = new AtomicInteger();
    private final ObjectStore store = new InMemoryObjectStore();

    @Override
    public void put(ObjectKey key, byte[] content) throws IOException {
        store.put(key, content);
    }

    @Override
    public void put(ObjectKey key, Path file) throws IOException {
        store.put(key, file);
    }

    @Override
    public byte[] get(ObjectKey key, long maxBytes) throws IOException {
        reads.incrementAndGet();
        return store.get(key, maxBytes);
    }

    @Override
    public Optional<ObjectEntry> find(ObjectKey key) throws IOException {
        return store.find(key);
    }

    @Override
    public List<ObjectEntry> list(String prefix) throws IOException {
        return store.list(prefix);
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        store.delete(key);
    }
}
