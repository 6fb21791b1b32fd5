package io.lensmill.metricsworker.streams;

import io.lensmill.metricsworker.collection.CollectionKey;
import io.lensmill.metricsworker.collection.CollectionMarks;
import io.lensmill.metricsworker.collection.CollectionOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The marks of all collections that ever got an order, as one task knows them. */
final class MarkedCollections {

    private static final CollectionMarks NONE = new CollectionMarks();

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<String, CollectionMarks> inMemory = new HashMap<>();

    MarkedCollections(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (var entries = store.all()) {
            entries.forEachRemaining(entry -> inMemory.put(
                    new String(entry.key.get(), StandardCharsets.UTF_8), CollectionMarks.fromBytes(entry.value)));
        }
    }

    void follow(CollectionOrder order) {
        CollectionMarks marks = inMemory.computeIfAbsent(order.collection(), name -> new CollectionMarks());
        marks.follow(order);
        store.put(Bytes.wrap(order.collection().getBytes(StandardCharsets.UTF_8)), marks.toBytes());
    }

    long generation(CollectionKey key) {
        return marks(key).generation(key.modelId());
    }

    long resets(CollectionKey key) {
        return marks(key).resets(key.modelId());
    }

    boolean isClosed(CollectionKey key) {
        return marks(key).isClosed(key.modelId());
    }

    private CollectionMarks marks(CollectionKey key) {
        return inMemory.getOrDefault(key.collection(), NONE);
    }
}
