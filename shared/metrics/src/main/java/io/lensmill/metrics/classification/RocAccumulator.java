package io.lensmill.metrics.classification;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * One class against the rest: two histograms over {@link LogitBins}, one of the positives and one of the negatives.
 * Order-free; at most 65,536 bins, in practice a few thousand, since only bins that were hit are kept.
 */
public final class RocAccumulator {

    private static final int VERSION = 1;
    private static final int POSITIVE = 0;
    private static final int NEGATIVE = 1;

    private final TreeMap<Integer, long[]> bins = new TreeMap<>();
    private final long[] totals = new long[2];

    /**
     * @param probability of the class, in [0, 1]
     * @param positive whether the class is the true one
     */
    public void add(float probability, boolean positive) {
        add(LogitBins.of(probability), positive ? POSITIVE : NEGATIVE, 1);
    }

    public void merge(RocAccumulator other) {
        other.bins.forEach((bin, counts) -> {
            add(bin, POSITIVE, counts[POSITIVE]);
            add(bin, NEGATIVE, counts[NEGATIVE]);
        });
    }

    private void add(int bin, int kind, long count) {
        bins.computeIfAbsent(bin, b -> new long[2])[kind] += count;
        totals[kind] += count;
    }

    public long positives() {
        return totals[POSITIVE];
    }

    public long negatives() {
        return totals[NEGATIVE];
    }

    /** Whether there are positives and negatives; without both there is no curve and no area. */
    public boolean hasBothKinds() {
        return positives() > 0 && negatives() > 0;
    }

    /**
     * Area under the curve, ties counted one half: the chance that a positive scores above a negative (Hanley and
     * McNeil 1982).
     *
     * @throws IllegalStateException without positives or without negatives
     */
    public double area() {
        Interval bounds = bounds();
        return (bounds.lower() + bounds.upper()) / 2;
    }

    /** The area with every tie lost and with every tie won: unbinned scores lie in between, with certainty. */
    public Interval bounds() {
        if (!hasBothKinds()) {
            throw new IllegalStateException(
                    "An area needs positives and negatives; got " + positives() + " and " + negatives() + ".");
        }
        double won = 0;
        double tied = 0;
        long negativesBelow = 0;
        for (long[] counts : bins.values()) {
            won += (double) counts[POSITIVE] * negativesBelow;
            tied += (double) counts[POSITIVE] * counts[NEGATIVE];
            negativesBelow += counts[NEGATIVE];
        }
        double pairs = (double) positives() * negatives();
        return new Interval(won / pairs, (won + tied) / pairs);
    }

    /** At most {@link RocCurvePoints#MAX_POINTS} points; the diagonal's two ends when a kind is missing. */
    public RocCurvePoints curve() {
        RocCurvePoints.Builder curve = new RocCurvePoints.Builder();
        if (hasBothKinds()) {
            long truePositives = 0;
            long falsePositives = 0;
            for (long[] counts : bins.descendingMap().values()) {
                truePositives += counts[POSITIVE];
                falsePositives += counts[NEGATIVE];
                curve.add((double) falsePositives / negatives(), (double) truePositives / positives());
            }
        }
        return curve.build();
    }

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION).count(bins.size());
        int previous = 0;
        for (Map.Entry<Integer, long[]> bin : bins.entrySet()) {
            writer.count(bin.getKey() - previous);
            writer.count(bin.getValue()[POSITIVE]).count(bin.getValue()[NEGATIVE]);
            previous = bin.getKey();
        }
        return writer.toBytes();
    }

    public static RocAccumulator fromBytes(byte[] state) {
        StateReader reader = new StateReader("an ROC accumulator", state, VERSION);
        RocAccumulator roc = new RocAccumulator();
        int bin = 0;
        for (int left = reader.size(3); left > 0; left--) {
            bin += (int) reader.count();
            roc.add(bin, POSITIVE, reader.count());
            roc.add(bin, NEGATIVE, reader.count());
        }
        reader.end();
        return roc;
    }
}
