package io.lensmill.metrics.streams;

import io.lensmill.metrics.collection.CollectionKey;
import io.lensmill.metrics.collection.CollectionPartial;
import io.lensmill.metrics.collection.CollectionTally;
import io.lensmill.metrics.collection.Observation;
import io.lensmill.metrics.realism.EmbeddingRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Observations that wait to be sent on, each a small entry of its own, so that a record costs a few kilobytes of state
 * and never a matrix. One more entry per collection counts repeats and keeps the last offset.
 */
final class PendingObservations {

    /** A partial of this size is a comfortable message, and a block that a matrix product likes. */
    private static final int BLOCK_BYTES = 512 * 1024;

    private static final char COUNTS = 'c';
    private static final char IMAGE = 'i';

    private final KeyValueStore<Bytes, byte[]> store;
    private int size;

    PendingObservations(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            entries.forEachRemaining(entry -> size++);
        }
    }

    /** Entries waiting, at least. */
    int size() {
        return size;
    }

    void add(Observation observation, String partition, long offset) {
        store.put(key(observation.key(), IMAGE, observation.imageId()), observation.toBytes());
        count(observation.key(), 0, partition, offset);
    }

    void addDuplicate(CollectionKey key, String partition, long offset) {
        count(key, 1, partition, offset);
    }

    private void count(CollectionKey key, int duplicates, String partition, long offset) {
        Bytes entry = key(key, COUNTS, key.text());
        byte[] before = store.get(entry);
        CollectionTally tally = before == null ? new CollectionTally() : CollectionTally.fromBytes(before);
        tally.addDuplicates(duplicates);
        tally.addOffset(partition, offset);
        store.put(entry, tally.toBytes());
        size++;
    }

    /** Hands over all that waits, one or more partials per collection, and forgets it. */
    void drain(Consumer<CollectionPartial> target) {
        Map<CollectionKey, CollectionPartial> open = new LinkedHashMap<>();
        List<Bytes> done = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                done.add(entry.key);
                fold(entry, open, target);
            }
        }
        open.values().forEach(target);
        done.forEach(store::delete);
        size = 0;
    }

    private void fold(
            KeyValue<Bytes, byte[]> entry,
            Map<CollectionKey, CollectionPartial> open,
            Consumer<CollectionPartial> target) {
        String[] parts = new String(entry.key.get(), StandardCharsets.UTF_8).split("\0", 3);
        CollectionPartial partial =
                open.computeIfAbsent(new CollectionKey(parts[0], parts[1]), PendingObservations::empty);
        if (parts[2].charAt(0) == COUNTS) {
            partial.tally().merge(CollectionTally.fromBytes(entry.value));
            return;
        }
        Observation observation = Observation.fromBytes(entry.value);
        partial.tally().add(observation);
        partial.rows().add(EmbeddingRow.of(observation.imageId(), observation.embedding()));
        if (partial.rows().size() * Float.BYTES * observation.embedding().length >= BLOCK_BYTES) {
            target.accept(open.remove(partial.key()));
        }
    }

    private static CollectionPartial empty(CollectionKey key) {
        return new CollectionPartial(key, new CollectionTally(), new ArrayList<>());
    }

    private static Bytes key(CollectionKey key, char kind, String rest) {
        String text = key.modelId() + '\0' + key.collection() + '\0' + kind + rest;
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
