package io.lensmill.metrics.realism;

import io.lensmill.metrics.numerics.NearestDistances;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Whether generated images are copies of training images. A training image has a distance to the nearest other one; the
 * 1st percentile of these distances is a threshold below which images lie closer than nearly all real ones do. The
 * measure is the share of generated images whose nearest training image is nearer than that. A perfect generator shows
 * about 0.01 + 2/m, since the smallest distances come in pairs of mutual neighbours; one that copies, 1. The comparison
 * of generated-to-training with real-to-training distances is that of Meehan, Chaudhuri and Dasgupta 2020 (their C_T
 * ranks all distances against held-out images; this counts one tail, where copies lie, and needs no held-out images).
 *
 * @param threshold {@link #PERCENTILE}st percentile of the training images' leave-one-out distances, 0 or more
 * @param nearer generated images strictly nearer to a training image than the threshold
 * @param generated generated images
 * @param training training images
 * @param medianReal median leave-one-out distance of the training images
 * @param medianGenerated median distance of the generated images to the nearest training image
 * @param closest the least of the latter distances
 */
public record Memorisation(
        double threshold,
        long nearer,
        long generated,
        long training,
        double medianReal,
        double medianGenerated,
        double closest) {

    /** Percentile of the real distances below which an image is suspiciously near. */
    public static final double PERCENTILE = 1;

    /** Training images below which no percentile of this rank is known. */
    public static final int ENOUGH_TRAINING = 100;

    /**
     * Training rows, and how far each is from the nearest other one. Worked out once for training rows that stay,
     * however many sets are held against them.
     *
     * @param rows [m, d], two rows or more
     * @param sorted [m], ascending
     */
    public record Training(DMatrixRMaj rows, double[] sorted) {

        /** In m²·d steps. */
        public static Training of(DMatrixRMaj rows) {
            if (rows.numRows < 2) {
                throw new IllegalArgumentException("Two training rows or more are needed; got " + rows.numRows + ".");
            }
            double[] distances = NearestDistances.within(rows);
            Arrays.sort(distances);
            return new Training(rows, distances);
        }
    }

    /**
     * Exact for the rows given, in m·(n+m)·d steps and memory for a slice of pairs.
     *
     * @param generated [n, d], one row or more
     * @param training [m, d], two rows or more
     */
    public static Memorisation of(DMatrixRMaj generated, DMatrixRMaj training) {
        requireRows(generated, training);
        return of(generated, Training.of(training));
    }

    /** The same in n·m·d steps. */
    public static Memorisation of(DMatrixRMaj generated, Training training) {
        requireRows(generated, training.rows());
        double[] real = training.sorted();
        double[] made = NearestDistances.between(generated, training.rows());
        Arrays.sort(made);
        double threshold = percentile(real, PERCENTILE);
        return new Memorisation(
                threshold,
                Arrays.stream(made).filter(distance -> distance < threshold).count(),
                made.length,
                real.length,
                percentile(real, 50),
                percentile(made, 50),
                made[0]);
    }

    private static void requireRows(DMatrixRMaj generated, DMatrixRMaj training) {
        if (generated.numCols != training.numCols || generated.numRows < 1 || training.numRows < 2) {
            throw new IllegalArgumentException(
                    "One generated and two training rows or more of one size are needed; got "
                            + generated.numRows + " x " + generated.numCols + " and " + training.numRows + " x "
                            + training.numCols + ".");
        }
    }

    /** {@link #nearer} over {@link #generated}, 0 to 1. */
    public double share() {
        return (double) nearer / generated;
    }

    /** Linear between the order statistics, as NumPy's percentile. */
    private static double percentile(double[] sorted, double percent) {
        double place = percent / 100 * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
