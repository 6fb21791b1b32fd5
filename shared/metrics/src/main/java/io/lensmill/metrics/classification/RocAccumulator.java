package io.lensmill.metrics.classification;

import static io.lensmill.metrics.classification.ScoreTally.NEGATIVE;
import static io.lensmill.metrics.classification.ScoreTally.POSITIVE;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.Map;

/**
 * One class against the rest: two histograms over {@link LogitBins}, one of the positives and one of the negatives.
 * Order-free; at most 65,536 bins, in practice a few thousand, since only bins that were hit are kept.
 */
public final class RocAccumulator {

    private static final int VERSION = 1;

    private final ScoreTally<Integer> bins = new ScoreTally<>();

    /**
     * @param probability of the class, in [0, 1]
     * @param positive whether the class is the true one
     */
    public void add(float probability, boolean positive) {
        bins.add(LogitBins.of(probability), positive ? POSITIVE : NEGATIVE, 1);
    }

    public void merge(RocAccumulator other) {
        bins.merge(other.bins);
    }

    public long positives() {
        return bins.positives();
    }

    public long negatives() {
        return bins.negatives();
    }

    /** Whether there are positives and negatives; without both there is no curve and no area. */
    public boolean hasBothKinds() {
        return bins.hasBothKinds();
    }

    /**
     * Area under the curve, ties counted one half: the chance that a positive scores above a negative (Hanley and
     * McNeil 1982).
     *
     * @throws IllegalStateException without positives or without negatives
     */
    public double area() {
        return bins.area();
    }

    /** The area with every tie lost and with every tie won: unbinned scores lie in between, with certainty. */
    public Interval bounds() {
        return bins.bounds();
    }

    /** At most {@link RocCurvePoints#MAX_POINTS} points; the diagonal's two ends when a kind is missing. */
    public RocCurvePoints curve() {
        return bins.curve();
    }

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION).count(bins.counts().size());
        int previous = 0;
        for (Map.Entry<Integer, long[]> bin : bins.counts().entrySet()) {
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
            roc.bins.add(bin, POSITIVE, reader.count());
            roc.bins.add(bin, NEGATIVE, reader.count());
        }
        reader.end();
        return roc;
    }
}
