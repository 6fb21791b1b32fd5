package io.lensmill.metrics.streams;

import io.lensmill.metrics.collection.CollectionKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The entries of the collections store. Per collection: one header, one tally, blocks of rows as they came, and the
 * folded state in pieces, since a changelog takes only messages of a limited size.
 */
final class CollectionEntries {

    private static final int PIECE_BYTES = 512 * 1024;
    private static final char HEADER = 'h';
    private static final char TALLY = 't';
    private static final char BLOCK = 'b';
    private static final char PIECE = 'p';

    private final KeyValueStore<Bytes, byte[]> store;

    CollectionEntries(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    Map<CollectionKey, CollectionHeader> headers() {
        Map<CollectionKey, CollectionHeader> headers = new HashMap<>();
        Bytes first = Bytes.wrap(new byte[] {HEADER});
        Bytes last = Bytes.wrap(new byte[] {HEADER + 1});
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(first, last)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                String[] parts = new String(entry.key.get(), StandardCharsets.UTF_8)
                        .substring(1)
                        .split("\0", 3);
                headers.put(new CollectionKey(parts[0], parts[1]), CollectionHeader.fromBytes(entry.value));
            }
        }
        return headers;
    }

    void putHeader(CollectionKey key, CollectionHeader header) {
        store.put(entry(HEADER, key, 0), header.toBytes());
    }

    /** Null when there is none. */
    byte[] tally(CollectionKey key) {
        return store.get(entry(TALLY, key, 0));
    }

    void putTally(CollectionKey key, byte[] tally) {
        store.put(entry(TALLY, key, 0), tally);
    }

    byte[] block(CollectionKey key, int number) {
        return store.get(entry(BLOCK, key, number));
    }

    void putBlock(CollectionKey key, int number, byte[] rows) {
        store.put(entry(BLOCK, key, number), rows);
    }

    void deleteBlocks(CollectionKey key, int from, int to) {
        for (int number = from; number < to; number++) {
            store.delete(entry(BLOCK, key, number));
        }
    }

    /** The folded state, put together again. */
    byte[] folded(CollectionKey key, int pieces) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(pieces * PIECE_BYTES);
        for (int number = 0; number < pieces; number++) {
            whole.writeBytes(store.get(entry(PIECE, key, number)));
        }
        return whole.toByteArray();
    }

    /** @return how many pieces it took */
    int putFolded(CollectionKey key, byte[] state) {
        int pieces = 0;
        for (int from = 0; from < state.length; from += PIECE_BYTES) {
            int to = Math.min(state.length, from + PIECE_BYTES);
            store.put(entry(PIECE, key, pieces++), Arrays.copyOfRange(state, from, to));
        }
        return pieces;
    }

    void deleteFolded(CollectionKey key, int from, int to) {
        for (int number = from; number < to; number++) {
            store.delete(entry(PIECE, key, number));
        }
    }

    private static Bytes entry(char kind, CollectionKey key, int number) {
        String text = kind + key.modelId() + '\0' + key.collection() + '\0' + number;
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
