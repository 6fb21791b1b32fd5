package io.lensmill.metricsworker.streams;

import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import io.lensmill.metricsworker.collection.CollectionKey;
import io.lensmill.metricsworker.collection.CollectionPartial;
import io.lensmill.metricsworker.collection.CollectionTally;
import io.lensmill.metricsworker.collection.Observation;
import io.lensmill.metricsworker.collection.TimeSlices;
import io.lensmill.metricsworker.collection.Unlabelled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What waits to be sent on: observations, labels and repeats, each a small entry of its own, so that a record costs a
 * few kilobytes of state and never a matrix.
 */
final class PendingObservations {

    /** A partial of this size is a comfortable message, and a block that a matrix product likes. */
    private static final int BLOCK_BYTES = 512 * 1024;

    private static final int VERSION = 1;
    private static final char DUPLICATES = 'd';
    private static final char IMAGE = 'i';
    private static final char LABEL = 'l';

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
        byte[] entry = new StateWriter(VERSION)
                .text(partition)
                .count(offset)
                .bytes(observation.toBytes())
                .toBytes();
        put(key(observation.key(), IMAGE, observation.imageId()), entry);
    }

    void addLabel(String imageId, Unlabelled image, String label) {
        byte[] entry =
                new StateWriter(VERSION).text(label).bytes(image.toBytes()).toBytes();
        put(key(image.key(), LABEL, imageId), entry);
    }

    void addDuplicate(CollectionKey key, String partition, long offset) {
        Bytes entry = key(key, DUPLICATES, partition);
        byte[] before = store.get(entry);
        CollectionTally tally = before == null ? new CollectionTally() : CollectionTally.fromBytes(before);
        tally.addDuplicates(1);
        tally.addOffset(partition, offset);
        put(entry, tally.toBytes());
    }

    private void put(Bytes key, byte[] entry) {
        store.put(key, entry);
        size++;
    }

    /**
     * Hands over all that waits, one or more partials per collection and slice of time, and forgets it.
     *
     * @param now milliseconds since 1970; repeats are told in the slice of now
     */
    void drain(ToLongFunction<CollectionKey> generations, long now, Consumer<CollectionPartial> target) {
        Map<String, CollectionPartial> open = new LinkedHashMap<>();
        Folding folding = new Folding(generations, now, open, target);
        List<Bytes> done = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                done.add(entry.key);
                folding.fold(entry);
            }
        }
        open.values().forEach(target);
        done.forEach(store::delete);
        size = 0;
    }

    /** One drain; {@code open} are the partials that may still grow. */
    private record Folding(
            ToLongFunction<CollectionKey> generations,
            long now,
            Map<String, CollectionPartial> open,
            Consumer<CollectionPartial> target) {

        void fold(KeyValue<Bytes, byte[]> entry) {
            String[] parts = new String(entry.key.get(), StandardCharsets.UTF_8).split("\0", 3);
            CollectionKey key = new CollectionKey(parts[0], parts[1]);
            switch (parts[2].charAt(0)) {
                case DUPLICATES ->
                    partial(key, TimeSlices.of(now)).tally().merge(CollectionTally.fromBytes(entry.value));
                case LABEL -> foldLabel(key, entry.value);
                default -> foldImage(key, entry.value);
            }
        }

        private void foldLabel(CollectionKey key, byte[] entry) {
            StateReader reader = new StateReader("a pending label", entry, VERSION);
            String label = reader.text();
            Unlabelled image = Unlabelled.fromBytes(reader.bytes());
            reader.end();
            partial(key, image.slice()).tally().addLabel(image, label);
        }

        private void foldImage(CollectionKey key, byte[] entry) {
            StateReader reader = new StateReader("a pending observation", entry, VERSION);
            String partition = reader.text();
            long offset = reader.count();
            Observation observation = Observation.fromBytes(reader.bytes());
            reader.end();
            CollectionPartial partial = partial(key, observation.slice());
            partial.tally().add(observation);
            partial.tally().addOffset(partition, offset);
            partial.rows().add(EmbeddingRow.of(observation.imageId(), observation.embedding()));
            if (partial.rows().size() * Float.BYTES * observation.embedding().length >= BLOCK_BYTES) {
                target.accept(open.remove(name(key, partial.slice())));
            }
        }

        private CollectionPartial partial(CollectionKey key, long slice) {
            return open.computeIfAbsent(
                    name(key, slice),
                    name -> new CollectionPartial(
                            key, generations.applyAsLong(key), slice, new CollectionTally(), new ArrayList<>()));
        }

        private static String name(CollectionKey key, long slice) {
            return key.text() + '\0' + slice;
        }
    }

    private static Bytes key(CollectionKey key, char kind, String rest) {
        String text = key.modelId() + '\0' + key.collection() + '\0' + kind + rest;
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
