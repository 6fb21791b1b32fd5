package io.lensmill.metrics.classification;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Positives and negatives per score, and what follows from their order alone.
 *
 * @param <K> a score, or a bin of scores; ascending
 */
final class ScoreTally<K extends Comparable<K>> {

    static final int POSITIVE = 0;
    static final int NEGATIVE = 1;

    private final TreeMap<K, long[]> counts = new TreeMap<>();
    private final long[] totals = new long[2];

    /** @param kind {@link #POSITIVE} or {@link #NEGATIVE} */
    void add(K score, int kind, long count) {
        counts.computeIfAbsent(score, unused -> new long[2])[kind] += count;
        totals[kind] += count;
    }

    void merge(ScoreTally<K> other) {
        other.counts.forEach((score, count) -> {
            add(score, POSITIVE, count[POSITIVE]);
            add(score, NEGATIVE, count[NEGATIVE]);
        });
    }

    long positives() {
        return totals[POSITIVE];
    }

    long negatives() {
        return totals[NEGATIVE];
    }

    boolean hasBothKinds() {
        return positives() > 0 && negatives() > 0;
    }

    /** Per score the positives and the negatives; not to be changed. */
    SortedMap<K, long[]> counts() {
        return counts;
    }

    /** @throws IllegalStateException without positives or without negatives */
    double area() {
        Interval bounds = bounds();
        return (bounds.lower() + bounds.upper()) / 2;
    }

    /** @throws IllegalStateException without positives or without negatives */
    Interval bounds() {
        if (!hasBothKinds()) {
            throw new IllegalStateException(
                    "An area needs positives and negatives; got " + positives() + " and " + negatives() + ".");
        }
        double won = 0;
        double tied = 0;
        long negativesBelow = 0;
        for (long[] count : counts.values()) {
            won += (double) count[POSITIVE] * negativesBelow;
            tied += (double) count[POSITIVE] * count[NEGATIVE];
            negativesBelow += count[NEGATIVE];
        }
        double pairs = (double) positives() * negatives();
        return new Interval(won / pairs, (won + tied) / pairs);
    }

    RocCurvePoints curve() {
        RocCurvePoints.Builder curve = new RocCurvePoints.Builder();
        if (hasBothKinds()) {
            long truePositives = 0;
            long falsePositives = 0;
            for (long[] count : counts.descendingMap().values()) {
                truePositives += count[POSITIVE];
                falsePositives += count[NEGATIVE];
                curve.add((double) falsePositives / negatives(), (double) truePositives / positives());
            }
        }
        return curve.build();
    }
}
