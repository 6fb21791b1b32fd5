package io.lensmill.metrics.numerics;

import org.ejml.data.DMatrixRMaj;

/** Matrices of the kernel exp(-|x-y|² / (2σ²)). */
public final class GaussianKernel {

    private GaussianKernel() {}

    /**
     * @param rows [n, d], n above 0; stay as they are
     * @param bandwidth σ, above 0
     * @return [n, n], symmetric, ones on the diagonal but for rounding
     */
    public static DMatrixRMaj within(DMatrixRMaj rows, double bandwidth) {
        return ofSquares(squaredDistances(rows, rows), bandwidth);
    }

    /**
     * The distances that kernels of several bandwidths are made of.
     *
     * @param x [n, d], one row or more; stay as they are
     * @param y [m, d], one row or more
     * @return [n, m]
     */
    public static DMatrixRMaj squaredDistances(DMatrixRMaj x, DMatrixRMaj y) {
        double[] origin = Centring.columnMeans(y);
        return SquaredDistances.between(moved(x, origin), moved(y, origin));
    }

    private static DMatrixRMaj moved(DMatrixRMaj rows, double[] origin) {
        DMatrixRMaj moved = rows.copy();
        Centring.centre(moved, origin);
        return moved;
    }

    /**
     * @param squaredDistances [n, m], each 0 or more; stay as they are
     * @param bandwidth σ, above 0
     * @return [n, m]
     */
    public static DMatrixRMaj ofSquares(DMatrixRMaj squaredDistances, double bandwidth) {
        DMatrixRMaj kernel = new DMatrixRMaj(squaredDistances.numRows, squaredDistances.numCols);
        Exponential.ofNegative(
                squaredDistances.data, 0.5 / (bandwidth * bandwidth), kernel.data, kernel.getNumElements());
        return kernel;
    }
}
