package io.lensmill.metricsworker.report;

import io.lensmill.metrics.realism.FrechetExtrapolation;
import io.lensmill.metrics.realism.FrechetExtrapolation.Effort;
import io.lensmill.reports.estimates.EmbeddingSet;
import io.lensmill.reports.estimates.Extrapolation;
import io.lensmill.reports.estimates.Extrapolator;
import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * FID at infinite size costs more than the rest of a report, so it is remembered. While all rows of a side are held, it
 * is worked out again for every change; of a sample, once more than one in ten of its rows are new, since a sample of
 * the same size that shares the others would say nearly the same. One thread at a time.
 */
final class Extrapolations {

    private static final int REMEMBERED = 16;
    private static final double SAME = 0.9;

    /** With one number per row of either side, ascending. */
    private record Held(Extrapolation extrapolation, long[] rows, long[] others) {}

    private final Remembered<Held> remembered = new Remembered<>(REMEMBERED);

    /**
     * @param place under which the last one is remembered: the collection, over one window
     * @param seed of the deal into subsets
     */
    Extrapolator at(String place, long seed) {
        return new Extrapolator() {
            @Override
            public String estimator() {
                return "twice the distance of all rows held less the mean of their halves (after Chong and Forsyth"
                        + " 2020)";
            }

            @Override
            public Effort effort() {
                return Effort.BRIEF;
            }

            /** Halves with fewer rows than dimensions follow no straight line. */
            @Override
            public int leastRows(int dimensions) {
                return Math.max(effort().leastRows(), effort().levels() * (dimensions + 1));
            }

            @Override
            public Extrapolation between(EmbeddingSet subject, EmbeddingSet reference) {
                return found(place, subject, reference, seed);
            }
        };
    }

    private Extrapolation found(String place, EmbeddingSet subject, EmbeddingSet reference, long seed) {
        long[] own = marks(subject.rows());
        long[] others = reference.once("marks", () -> marks(reference.rows()));
        Optional<Held> last = remembered
                .find(place)
                .filter(held -> isNearly(held.rows(), own, subject.isComplete()))
                .filter(held -> isNearly(held.others(), others, reference.isComplete()));
        if (last.isPresent()) {
            return last.get().extrapolation();
        }
        Extrapolation now = new Extrapolation(
                FrechetExtrapolation.of(subject.rows(), reference.rows(), seed, Effort.BRIEF, () -> {}),
                own.length,
                others.length,
                subject.count(),
                reference.count());
        remembered.put(place, new Held(now, own, others));
        return now;
    }

    private static long[] marks(DMatrixRMaj rows) {
        long[] marks = new long[rows.numRows];
        for (int row = 0; row < rows.numRows; row++) {
            long mark = 0;
            for (int at = row * rows.numCols; at < (row + 1) * rows.numCols; at++) {
                mark = (mark ^ Double.doubleToLongBits(rows.data[at])) * 0x9e3779b97f4a7c15L;
                mark ^= mark >>> 32;
            }
            marks[row] = mark;
        }
        Arrays.sort(marks);
        return marks;
    }

    private static boolean isNearly(long[] before, long[] now, boolean complete) {
        if (complete || before.length != now.length) {
            return Arrays.equals(before, now);
        }
        long same = Arrays.stream(now)
                .filter(mark -> Arrays.binarySearch(before, mark) >= 0)
                .count();
        return same >= SAME * now.length;
    }
}
