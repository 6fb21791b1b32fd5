package io.lensmill.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in this JVM's memory, for tests and for trying things out. Nothing survives the process. */
public final class InMemoryObjectStore implements ObjectStore {

    // Keys hold no surrogates, so the order of Java strings is the order of their UTF-8 bytes.
    private final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public void put(ObjectKey key, byte[] content) {
        objects.put(key.value(), content.clone());
    }

    @Override
    public void put(ObjectKey key, Path file) throws IOException {
        objects.put(key.value(), Files.readAllBytes(file));
    }

    @Override
    public byte[] get(ObjectKey key, long maxBytes) throws IOException {
        SizeLimit limit = new SizeLimit(maxBytes);
        byte[] content = require(key);
        limit.check(key, content.length);
        return content.clone();
    }

    @Override
    public Optional<ObjectEntry> find(ObjectKey key) {
        return Optional.ofNullable(objects.get(key.value())).map(content -> new ObjectEntry(key, content.length));
    }

    @Override
    public List<ObjectEntry> list(String prefix) {
        return objects.tailMap(KeyPrefix.check(prefix)).entrySet().stream()
                .takeWhile(object -> object.getKey().startsWith(prefix))
                .map(object -> new ObjectEntry(ObjectKey.of(object.getKey()), object.getValue().length))
                .toList();
    }

    @Override
    public void delete(ObjectKey key) {
        objects.remove(key.value());
    }

    private byte[] require(ObjectKey key) throws ObjectNotFoundException {
        byte[] content = objects.get(key.value());
        if (content == null) {
            throw new ObjectNotFoundException("No object " + key + " in memory");
        }
        return content;
    }
}
