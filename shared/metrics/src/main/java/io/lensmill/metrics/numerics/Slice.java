package io.lensmill.metrics.numerics;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A slice of rows, see {@link Blocks}, ready for distances.
 *
 * @param rows [n, d]
 * @param squaredNorms [n]
 */
public record Slice(DMatrixRMaj rows, double[] squaredNorms) {

    public static Slice of(DMatrixRMaj rows) {
        return new Slice(rows, squaredNorms(rows));
    }

    /** All of a set of rows, so that the given point becomes the origin; the rows stay as they are. */
    public static List<Slice> centred(DMatrixRMaj rows, double[] origin) {
        DMatrixRMaj centred = rows.copy();
        Centring.centre(centred, origin);
        return Blocks.of(centred).stream().map(Slice::of).toList();
    }

    private static double[] squaredNorms(DMatrixRMaj rows) {
        double[] norms = new double[rows.numRows];
        for (int row = 0, at = 0; row < rows.numRows; row++) {
            for (int column = 0; column < rows.numCols; column++, at++) {
                norms[row] += rows.data[at] * rows.data[at];
            }
        }
        return norms;
    }
}
