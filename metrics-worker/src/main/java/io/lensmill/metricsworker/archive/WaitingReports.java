package io.lensmill.metricsworker.archive;

import io.lensmill.contracts.MetricReport;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest report of each key that is not written yet, and when it is due: an interval after the last one of its key.
 * Nothing is queued: a later report takes the earlier one's place. Its owner guards it.
 */
final class WaitingReports {

    private record Waiting(MetricReport report, long dueNanos) {}

    private final long intervalNanos;
    private final int most;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, Long> taken = new HashMap<>();

    /**
     * @param intervalNanos shortest time between two reports of a key, 0 or more
     * @param most keys that may wait at a time
     */
    WaitingReports(long intervalNanos, int most) {
        this.intervalNanos = intervalNanos;
        this.most = most;
    }

    /** @return reports that will not be written because of this one: an earlier one of its key, or one too many */
    int put(String key, MetricReport report, long nowNanos) {
        Long last = taken.get(key);
        long due = last == null ? nowNanos : Math.max(nowNanos, last + intervalNanos);
        boolean replaced = waiting.put(key, new Waiting(report, due)) != null;
        if (waiting.size() > most) {
            waiting.remove(waiting.keySet().iterator().next());
            return 1;
        }
        return replaced ? 1 : 0;
    }

    /** @return whether it is back after a failure; not when a later one has come meanwhile */
    boolean putBack(String key, MetricReport report, long dueNanos) {
        return waiting.putIfAbsent(key, new Waiting(report, dueNanos)) == null;
    }

    /** Takes the one that has been due for longest; empty when none is. */
    Optional<MetricReport> take(long nowNanos) {
        taken.values().removeIf(at -> nowNanos - at > intervalNanos);
        return earliest()
                .filter(entry -> entry.getValue().dueNanos() - nowNanos <= 0)
                .map(entry -> {
                    waiting.remove(entry.getKey());
                    taken.put(entry.getKey(), nowNanos);
                    return entry.getValue().report();
                });
    }

    /** Takes any, due or not; empty when none waits. */
    Optional<MetricReport> takeNow() {
        return earliest().map(entry -> waiting.remove(entry.getKey()).report());
    }

    /** Until one is due, 0 or less when one is; empty when none waits. */
    Optional<Long> nanosUntilDue(long nowNanos) {
        return earliest().map(entry -> entry.getValue().dueNanos() - nowNanos);
    }

    int size() {
        return waiting.size();
    }

    private Optional<Map.Entry<String, Waiting>> earliest() {
        return waiting.entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue().dueNanos()));
    }
}
