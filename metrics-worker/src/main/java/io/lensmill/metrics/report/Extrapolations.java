package io.lensmill.metrics.report;

import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.FrechetExtrapolation;
import io.lensmill.metrics.realism.FrechetExtrapolation.Effort;
import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * FID at infinite size costs more than the rest of a report, so it is remembered. While all rows of a side are held, it is
 * worked out again for every change; of a sample, once more than one in ten of its rows are new, since a sample of the
 * same size that shares the others would say nearly the same. One thread at a time.
 */
final class Extrapolations {

    static final Effort EFFORT = Effort.BRIEF;

    private static final int REMEMBERED = 16;
    private static final double SAME = 0.9;

    /**
     * @param found the extrapolation
     * @param rowsOf embeddings that the collection had when it was worked out
     * @param referenceRowsOf embeddings that the reference had
     */
    record Extrapolation(FrechetExtrapolation found, long rowsOf, long referenceRowsOf, long[] rows, long[] others) {

        /** How far FID itself can be trusted, of the rows that are held. */
        FrechetError errorOfFid() {
            return new FrechetError(found, rows.length, others.length);
        }
    }

    private final Remembered<Extrapolation> remembered = new Remembered<>(REMEMBERED);

    /**
     * @param place under which the last one is remembered: the collection, over one window
     * @param rows [n, d], the rows that the accumulator holds, enough for the effort
     */
    Extrapolation of(
            String place, EmbeddingAccumulator embeddings, DMatrixRMaj rows, ReferenceFigures reference, long seed) {
        long[] own = marks(embeddings);
        long[] others = marks(reference.embeddings());
        Optional<Extrapolation> last = remembered
                .find(place)
                .filter(found -> isNearly(found.rows(), own, embeddings.isComplete()))
                .filter(found ->
                        isNearly(found.others(), others, reference.embeddings().isComplete()));
        if (last.isPresent()) {
            return last.get();
        }
        Extrapolation now = new Extrapolation(
                FrechetExtrapolation.of(rows, reference.rows(), seed, EFFORT, () -> {}),
                embeddings.count(),
                reference.embeddings().count(),
                own,
                others);
        remembered.put(place, now);
        return now;
    }

    /** One number per row, of its identity and its values, ascending. */
    private static long[] marks(EmbeddingAccumulator embeddings) {
        return embeddings.sample().rows().stream()
                .mapToLong(Extrapolations::mark)
                .sorted()
                .toArray();
    }

    private static long mark(EmbeddingRow row) {
        return row.idHigh() + 0x9e3779b97f4a7c15L * Arrays.hashCode(row.values());
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
