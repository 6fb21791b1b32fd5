package io.lensmill.metrics.realism;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** |x - y|² = |x|² + |y|² - 2 x·y for all pairs at once: one matrix product does nearly all of the work. */
final class SquaredDistances {

    private SquaredDistances() {}

    /**
     * @param x [n, d]; both sets should be centred near the origin, where the subtraction loses least
     * @param y [m, d]
     * @return [n, m], each 0 or more
     */
    static DMatrixRMaj between(DMatrixRMaj x, DMatrixRMaj y) {
        DMatrixRMaj distances = new DMatrixRMaj(x.numRows, y.numRows);
        CommonOps_DDRM.multTransB(-2, x, y, distances);
        double[] normsX = norms(x);
        double[] normsY = norms(y);
        for (int i = 0, at = 0; i < x.numRows; i++) {
            for (int j = 0; j < y.numRows; j++, at++) {
                distances.data[at] = Math.max(0, distances.data[at] + normsX[i] + normsY[j]);
            }
        }
        return distances;
    }

    private static double[] norms(DMatrixRMaj rows) {
        double[] norms = new double[rows.numRows];
        for (int row = 0, at = 0; row < rows.numRows; row++) {
            for (int column = 0; column < rows.numCols; column++, at++) {
                norms[row] += rows.data[at] * rows.data[at];
            }
        }
        return norms;
    }
}
