package io.lensmill.metrics.classification;

import static io.lensmill.metrics.classification.ScoreTally.NEGATIVE;
import static io.lensmill.metrics.classification.ScoreTally.POSITIVE;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;

/**
 * One class against the rest, with every distinct score kept: what {@link RocAccumulator} bins, exactly. Order-free,
 * mergeable. About 100 bytes per distinct score, however often it comes, so for sets that end; a stream of float32
 * probabilities has up to 2^30 of them.
 */
public final class ExactRocAccumulator {

    private static final int VERSION = 1;

    private final ScoreTally<Double> scores = new ScoreTally<>();

    /**
     * @param score any number, a higher one speaks for the class
     * @param positive whether the class is the true one
     * @throws IllegalArgumentException when the score is not a number
     */
    public void add(double score, boolean positive) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("A score must be a number; got NaN.");
        }
        // Adding zero turns -0 into +0, which would be another score.
        scores.add(score + 0.0, positive ? POSITIVE : NEGATIVE, 1);
    }

    public void merge(ExactRocAccumulator other) {
        scores.merge(other.scores);
    }

    public long positives() {
        return scores.positives();
    }

    public long negatives() {
        return scores.negatives();
    }

    /** Whether there are positives and negatives; without both there is no curve and no area. */
    public boolean hasBothKinds() {
        return scores.hasBothKinds();
    }

    /**
     * Area under the curve, ties counted one half: the chance that a positive scores above a negative (Hanley and
     * McNeil 1982).
     *
     * @return in [0, 1]
     * @throws IllegalStateException without positives or without negatives
     */
    public double area() {
        return scores.area();
    }

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION).count(scores.counts().size());
        scores.counts()
                .forEach((score, count) ->
                        writer.real(score).count(count[POSITIVE]).count(count[NEGATIVE]));
        return writer.toBytes();
    }

    /** @throws IllegalArgumentException when the bytes are no such state */
    public static ExactRocAccumulator fromBytes(byte[] state) {
        StateReader reader = new StateReader("an exact ROC accumulator", state, VERSION);
        ExactRocAccumulator roc = new ExactRocAccumulator();
        for (int left = reader.size(Double.BYTES + 2); left > 0; left--) {
            double score = reader.real();
            roc.scores.add(score, POSITIVE, reader.count());
            roc.scores.add(score, NEGATIVE, reader.count());
        }
        reader.end();
        return roc;
    }
}
