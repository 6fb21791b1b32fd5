package io.lensmill.metricsworker.streams;

import io.lensmill.metricsworker.collection.LateLabel;
import io.lensmill.metricsworker.collection.Observation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** Remembers labels that came as messages, for results that come after them. The first one of an image holds. */
final class KnownLabels {

    private static final String EVERYWHERE = "";

    private final WindowStore<Bytes, byte[]> store;
    private final Duration retention;

    KnownLabels(WindowStore<Bytes, byte[]> store, Duration retention) {
        this.store = store;
        this.retention = retention;
    }

    /** @return false when the image had a label before, in this collection or, if none is named, in all */
    boolean add(LateLabel label, long now) {
        if (find(label.imageId(), label.collection(), now).isPresent()) {
            return false;
        }
        Bytes key = ImageKeys.labelled(label.imageId(), label.collection());
        store.put(key, label.label().getBytes(StandardCharsets.UTF_8), now);
        return true;
    }

    /** The label for the image's collection, otherwise the one for all collections. */
    Optional<String> of(Observation observation, long now) {
        return find(observation.imageId(), observation.key().collection(), now)
                .or(() -> find(observation.imageId(), EVERYWHERE, now));
    }

    private Optional<String> find(String imageId, String collection, long now) {
        Bytes key = ImageKeys.labelled(imageId, collection);
        try (WindowStoreIterator<byte[]> labels =
                store.fetch(key, now - retention.toMillis(), now + SeenImages.CLOCK_SKEW.toMillis())) {
            return labels.hasNext()
                    ? Optional.of(new String(labels.next().value, StandardCharsets.UTF_8))
                    : Optional.empty();
        }
    }
}
