package io.lensmill.metrics.numerics;

import io.lensmill.metrics.linear.LinearAlgebra;
import org.ejml.data.DMatrixRMaj;

/** |x - y|² = |x|² + |y|² - 2 x·y for all pairs at once: one matrix product does nearly all of the work. */
public final class SquaredDistances {

    private SquaredDistances() {}

    /**
     * @param x [n, d]; both sets should be centred near the origin, where the subtraction loses least
     * @param y [m, d]
     * @return [n, m], each 0 or more
     */
    public static DMatrixRMaj between(DMatrixRMaj x, DMatrixRMaj y) {
        return between(Slice.of(x), Slice.of(y));
    }

    /** The same of slices, whose norms are worked out once for all pairs that they are in. */
    public static DMatrixRMaj between(Slice x, Slice y) {
        DMatrixRMaj distances = new DMatrixRMaj(x.rows().numRows, y.rows().numRows);
        LinearAlgebra.get().innerProducts(-2, x.rows(), y.rows(), distances);
        for (int row = 0; row < distances.numRows; row++) {
            addNorms(distances.data, row * distances.numCols, x.squaredNorms()[row], y.squaredNorms());
        }
        return distances;
    }

    private static void addNorms(double[] distances, int from, double normX, double[] normsY) {
        for (int column = 0; column < normsY.length; column++) {
            distances[from + column] = Math.max(0, distances[from + column] + (normX + normsY[column]));
        }
    }
}
