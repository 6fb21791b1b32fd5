package io.lensmill.metricsworker.page.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest value of each of the last so many keys, with the version at which it came. Its owner guards it. */
final class Shelf<V> {

    private record Entry<V>(long version, V value) {}

    private final int most;
    private final Map<String, Entry<V>> entries = new LinkedHashMap<>();

    Shelf(int most) {
        this.most = most;
    }

    /** Makes the key the newest; the one that has been silent for longest goes when there are too many. */
    void put(String key, V value, long version) {
        entries.remove(key);
        entries.put(key, new Entry<>(version, value));
        if (entries.size() > most) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    Optional<V> find(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** @return whether there was something to forget */
    boolean remove(String key) {
        return entries.remove(key) != null;
    }

    /** What came after the version, oldest first. */
    List<V> since(long version) {
        return entries.values().stream()
                .filter(entry -> entry.version() > version)
                .map(Entry::value)
                .toList();
    }
}
