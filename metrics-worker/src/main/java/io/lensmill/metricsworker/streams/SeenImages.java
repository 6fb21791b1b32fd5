package io.lensmill.metricsworker.streams;

import io.lensmill.metricsworker.collection.Observation;
import io.lensmill.metricsworker.collection.Unlabelled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * Remembers which images were counted, for as long as the store's retention, and of those without a label what a label
 * would be counted with. Entries carry the worker's own clock: a record with a date in the far future must not make the
 * store forget all others.
 */
final class SeenImages {

    /** Another instance, whose task this was, may have had a clock that is ahead. */
    static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private static final byte[] NOTHING = {};

    private final WindowStore<Bytes, byte[]> store;
    private final Duration retention;

    SeenImages(WindowStore<Bytes, byte[]> store, Duration retention) {
        this.store = store;
        this.retention = retention;
    }

    /** Whether the image was counted before, in this generation of the collection under this model. */
    boolean contains(Observation observation, long generation, long now) {
        Bytes key = ImageKeys.counted(observation.imageId(), observation.key(), generation);
        try (WindowStoreIterator<byte[]> earlier = store.fetch(key, from(now), until(now))) {
            return earlier.hasNext();
        }
    }

    void add(Observation observation, long generation, boolean awaitsLabel, long now) {
        store.put(
                ImageKeys.counted(observation.imageId(), observation.key(), generation),
                awaitsLabel ? Unlabelled.of(observation, generation).toBytes() : NOTHING,
                now);
    }

    /** The image's results that await a label and are wanted; they await none any more. */
    List<Unlabelled> takeUnlabelled(String imageId, Predicate<Unlabelled> wanted, long now) {
        List<Unlabelled> taken = new ArrayList<>();
        List<Windowed<Bytes>> done = new ArrayList<>();
        try (KeyValueIterator<Windowed<Bytes>, byte[]> entries =
                store.fetch(ImageKeys.first(imageId), ImageKeys.last(imageId), from(now), until(now))) {
            while (entries.hasNext()) {
                KeyValue<Windowed<Bytes>, byte[]> entry = entries.next();
                Unlabelled unlabelled = entry.value.length == 0 ? null : Unlabelled.fromBytes(entry.value);
                if (unlabelled != null && wanted.test(unlabelled)) {
                    taken.add(unlabelled);
                    done.add(entry.key);
                }
            }
        }
        done.forEach(key -> store.put(key.key(), NOTHING, key.window().start()));
        return taken;
    }

    private long from(long now) {
        return now - retention.toMillis();
    }

    /** Milliseconds as numbers: asked with instants, Kafka Streams formats an error message in advance, each time. */
    private static long until(long now) {
        return now + CLOCK_SKEW.toMillis();
    }
}
