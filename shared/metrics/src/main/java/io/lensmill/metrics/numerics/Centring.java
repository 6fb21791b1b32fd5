package io.lensmill.metrics.numerics;

import org.ejml.data.DMatrixRMaj;

/** Moves rows near the origin, where sums and differences of squares lose least. */
public final class Centring {

    private Centring() {}

    /**
     * @param rows [n, d], n above 0
     * @return [d]
     */
    public static double[] columnMeans(DMatrixRMaj rows) {
        double[] means = new double[rows.numCols];
        for (int row = 0; row < rows.numRows; row++) {
            addRow(rows.data, row * rows.numCols, means);
        }
        for (int column = 0; column < means.length; column++) {
            means[column] /= rows.numRows;
        }
        return means;
    }

    private static void addRow(double[] rows, int from, double[] sums) {
        for (int column = 0; column < sums.length; column++) {
            sums[column] += rows[from + column];
        }
    }

    /** Moves the rows in place, so that the given point becomes the origin. */
    public static void centre(DMatrixRMaj rows, double[] origin) {
        for (int row = 0; row < rows.numRows; row++) {
            subtract(origin, rows.data, row * rows.numCols);
        }
    }

    private static void subtract(double[] origin, double[] rows, int from) {
        for (int column = 0; column < origin.length; column++) {
            rows[from + column] -= origin[column];
        }
    }
}
