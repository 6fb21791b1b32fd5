package io.lensmill.worker.reading;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of offsets, as ranges that do not touch each other. Its owner guards it. */
final class OffsetRanges {

    /** End of each range, exclusive, by its beginning. */
    private final NavigableMap<Long, Long> endByBegin = new TreeMap<>();

    /**
     * @param from first offset
     * @param to behind the last offset; nothing is added when it is not greater than from
     * @return how many offsets are new
     */
    long add(long from, long to) {
        if (to <= from) {
            return 0;
        }
        long known = 0;
        long begin = from;
        long end = to;
        Map.Entry<Long, Long> before = endByBegin.floorEntry(end);
        while (before != null && before.getValue() >= from) {
            known += Math.max(0, Math.min(before.getValue(), to) - Math.max(before.getKey(), from));
            begin = Math.min(begin, before.getKey());
            end = Math.max(end, before.getValue());
            endByBegin.remove(before.getKey());
            before = endByBegin.floorEntry(end);
        }
        endByBegin.put(begin, end);
        return to - from - known;
    }

    /** How many offsets there are. */
    long size() {
        return endByBegin.entrySet().stream()
                .mapToLong(range -> range.getValue() - range.getKey())
                .sum();
    }
}
