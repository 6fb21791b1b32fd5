package io.lensmill.metricsworker.streams;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * When reports are due: once per interval; at once, for a minute, when something happened to a collection that people
 * wait for (a generation into it ended, it was closed or reset). Windows, which tell of slow changes, are reported at
 * most once a minute.
 *
 * <p>The moments at which a report is due lie an interval apart, so one that comes somewhat late does not make the
 * later ones late too. One that comes later than an interval is not made up for.
 */
final class ReportTimes {

    private static final Duration HURRY = Duration.ofMinutes(1);
    private static final Duration WINDOW_INTERVAL = Duration.ofMinutes(1);

    private final Duration interval;
    /** Where none is: due since ever. */
    private final Map<ReportKey, Long> dueAt = new HashMap<>();

    private final Map<String, Long> hurryUntil = new HashMap<>();

    ReportTimes(Duration interval) {
        this.interval = interval;
    }

    /** A report of the key is being made. */
    void begun(ReportKey key, long now) {
        dueAt.put(key, isHurried(key, now) ? now : next(key, now));
    }

    private long next(ReportKey key, long now) {
        long wait = key.isAll() ? interval.toMillis() : Math.max(interval.toMillis(), WINDOW_INTERVAL.toMillis());
        Long due = dueAt.get(key);
        return due == null || due + wait <= now ? now + wait : due + wait;
    }

    void hurry(String collection, long now) {
        hurryUntil.values().removeIf(until -> until <= now);
        hurryUntil.put(collection, now + HURRY.toMillis());
        dueAt.replaceAll((key, due) -> isHurried(key, now) ? Math.min(due, now) : due);
    }

    private boolean isHurried(ReportKey key, long now) {
        return key.isAll() && hurryUntil.getOrDefault(key.collection().collection(), Long.MIN_VALUE) > now;
    }

    boolean isDue(ReportKey key, long now) {
        return dueAt.getOrDefault(key, Long.MIN_VALUE) <= now;
    }

    Comparator<ReportKey> longestDue() {
        return Comparator.comparing(key -> dueAt.getOrDefault(key, Long.MIN_VALUE));
    }
}
