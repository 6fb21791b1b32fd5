package io.lensmill.metrics.streams;

import io.lensmill.metrics.collection.Observation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Remembers which images were counted, for as long as the store's retention. Entries carry the worker's own clock: a
 * record with a date in the far future must not make the store forget all others.
 */
final class SeenImages {

    private static final byte[] SEEN = {};

    private final WindowStore<Bytes, byte[]> store;
    private final Duration retention;

    SeenImages(WindowStore<Bytes, byte[]> store, Duration retention) {
        this.store = store;
        this.retention = retention;
    }

    /** True the first time, false for a repeat of the same image, model and collection. */
    boolean isNew(Observation observation, long now) {
        Bytes key = key(observation);
        Instant until = Instant.ofEpochMilli(now);
        try (WindowStoreIterator<byte[]> earlier = store.fetch(key, until.minus(retention), until)) {
            if (earlier.hasNext()) {
                return false;
            }
        }
        store.put(key, SEEN, now);
        return true;
    }

    private static Bytes key(Observation observation) {
        String text =
                observation.key().modelId() + '\0' + observation.key().collection() + '\0' + observation.imageId();
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
