package io.lensmill.metricsworker.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What was worked out for the last few identities. Not synchronised. */
final class Remembered<T> {

    private final Map<String, T> values;

    /** @param most identities; the one that was not asked for longest is forgotten */
    Remembered(int most) {
        this.values = new LinkedHashMap<>(8, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    Optional<T> find(String identity) {
        return Optional.ofNullable(values.get(identity));
    }

    void put(String identity, T value) {
        values.put(identity, value);
    }

    T get(String identity, Supplier<T> work) {
        Optional<T> known = find(identity);
        if (known.isPresent()) {
            return known.get();
        }
        T value = work.get();
        put(identity, value);
        return value;
    }
}
