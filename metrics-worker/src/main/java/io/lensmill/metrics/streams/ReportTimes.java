package io.lensmill.metrics.streams;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * When reports are due: an interval after the last one; at once, for a minute, when something happened to a collection
 * that people wait for (a generation into it ended, it was closed or reset). Windows, which tell of slow changes, are
 * reported at most once a minute.
 */
final class ReportTimes {

    private static final Duration HURRY = Duration.ofMinutes(1);
    private static final Duration WINDOW_INTERVAL = Duration.ofMinutes(1);

    private final Duration interval;
    private final Map<ReportKey, Long> begunAt = new HashMap<>();
    private final Map<String, Long> hurryUntil = new HashMap<>();

    ReportTimes(Duration interval) {
        this.interval = interval;
    }

    void begun(ReportKey key, long now) {
        begunAt.put(key, now);
    }

    void hurry(String collection, long now) {
        hurryUntil.values().removeIf(until -> until <= now);
        hurryUntil.put(collection, now + HURRY.toMillis());
    }

    boolean isDue(ReportKey key, long now) {
        Long last = begunAt.get(key);
        if (last == null) {
            return true;
        }
        if (!key.isAll()) {
            return last <= now - Math.max(WINDOW_INTERVAL.toMillis(), interval.toMillis());
        }
        boolean hurried = hurryUntil.getOrDefault(key.collection().collection(), Long.MIN_VALUE) > now;
        return hurried || last <= now - interval.toMillis();
    }

    Comparator<ReportKey> longestWaiting() {
        return Comparator.comparing(key -> begunAt.getOrDefault(key, Long.MIN_VALUE));
    }
}
