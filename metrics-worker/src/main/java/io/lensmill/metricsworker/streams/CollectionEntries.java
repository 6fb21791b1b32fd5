package io.lensmill.metricsworker.streams;

import io.lensmill.metricsworker.collection.CollectionKey;
import io.lensmill.metricsworker.collection.CollectionSpan;
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
 * The entries of the collections store. Per collection, and per slice of time of it: one header, one tally, blocks of
 * rows as they came, and the folded state in pieces, since a changelog takes only messages of a limited size.
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

    Map<CollectionSpan, CollectionHeader> headers() {
        Map<CollectionSpan, CollectionHeader> headers = new HashMap<>();
        Bytes first = Bytes.wrap(new byte[] {HEADER});
        Bytes last = Bytes.wrap(new byte[] {HEADER + 1});
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(first, last)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                String[] parts = new String(entry.key.get(), StandardCharsets.UTF_8)
                        .substring(1)
                        .split("\0", 4);
                headers.put(
                        new CollectionSpan(new CollectionKey(parts[0], parts[1]), Long.parseLong(parts[2])),
                        CollectionHeader.fromBytes(entry.value));
            }
        }
        return headers;
    }

    void putHeader(CollectionSpan span, CollectionHeader header) {
        store.put(entry(HEADER, span, 0), header.toBytes());
    }

    void deleteHeader(CollectionSpan span) {
        store.delete(entry(HEADER, span, 0));
    }

    void deleteTally(CollectionSpan span) {
        store.delete(entry(TALLY, span, 0));
    }

    /** Null when there is none. */
    byte[] tally(CollectionSpan span) {
        return store.get(entry(TALLY, span, 0));
    }

    void putTally(CollectionSpan span, byte[] tally) {
        store.put(entry(TALLY, span, 0), tally);
    }

    byte[] block(CollectionSpan span, int number) {
        return store.get(entry(BLOCK, span, number));
    }

    void putBlock(CollectionSpan span, int number, byte[] rows) {
        store.put(entry(BLOCK, span, number), rows);
    }

    void deleteBlocks(CollectionSpan span, int from, int to) {
        for (int number = from; number < to; number++) {
            store.delete(entry(BLOCK, span, number));
        }
    }

    /** The folded state, put together again. */
    byte[] folded(CollectionSpan span, int pieces) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(pieces * PIECE_BYTES);
        for (int number = 0; number < pieces; number++) {
            whole.writeBytes(store.get(entry(PIECE, span, number)));
        }
        return whole.toByteArray();
    }

    /** @return how many pieces it took */
    int putFolded(CollectionSpan span, byte[] state) {
        int pieces = 0;
        for (int from = 0; from < state.length; from += PIECE_BYTES) {
            int to = Math.min(state.length, from + PIECE_BYTES);
            store.put(entry(PIECE, span, pieces++), Arrays.copyOfRange(state, from, to));
        }
        return pieces;
    }

    void deleteFolded(CollectionSpan span, int from, int to) {
        for (int number = from; number < to; number++) {
            store.delete(entry(PIECE, span, number));
        }
    }

    private static Bytes entry(char kind, CollectionSpan span, int number) {
        CollectionKey key = span.key();
        String text = kind + key.modelId() + '\0' + key.collection() + '\0' + span.slice() + '\0' + number;
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
