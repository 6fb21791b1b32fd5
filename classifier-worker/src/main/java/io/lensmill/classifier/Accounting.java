package io.lensmill.classifier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/**
 * The worker's books. For each source, once it stands still:
 * {@code lensmill_images_received_total = lensmill_images_classified_total + lensmill_images_refused_total}.
 * Images count as received when the worker has them in hand, as the others when their outcome is written. A sample
 * batch that cannot be read counts as one image when not even its message can be. Alert when received runs ahead of the
 * sum of the others for long: images wait for a model, or the broker or the object store is away.
 */
final class Accounting {

    private final MeterRegistry registry;

    Accounting(MeterRegistry registry) {
        this.registry = registry;
        for (Source source : Source.values()) {
            // Counters that exist from the start read 0, not "no data".
            received(source, 0);
            classified(source, 0);
            refused(source, 0);
        }
    }

    /** Where images come from. */
    enum Source {
        IMAGES,
        SAMPLES;

        private String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    void received(Source source, long images) {
        counter("lensmill.images.received", source).increment(images);
    }

    void classified(Source source, long images) {
        counter("lensmill.images.classified", source).increment(images);
    }

    void refused(Source source, long images) {
        counter("lensmill.images.refused", source).increment(images);
    }

    /** @param end SUCCEEDED, FAILED, CANCELLED or REFUSED */
    void jobEnded(String end) {
        registry.counter("lensmill.jobs.ended", "end", end).increment();
    }

    private Counter counter(String name, Source source) {
        return registry.counter(name, "source", source.tag());
    }
}
