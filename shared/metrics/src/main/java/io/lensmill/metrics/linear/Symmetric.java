package io.lensmill.metrics.linear;

import org.ejml.data.DMatrixRMaj;

/** A matrix of which one triangle is kept. */
public final class Symmetric {

    private Symmetric() {}

    /**
     * @param matrix [d, d], of which the upper triangle counts
     * @return another matrix, the lower triangle as the upper
     */
    public static DMatrixRMaj ofUpper(DMatrixRMaj matrix) {
        int size = matrix.numRows;
        DMatrixRMaj full = matrix.copy();
        for (int row = 1; row < size; row++) {
            for (int column = 0; column < row; column++) {
                full.data[row * size + column] = full.data[column * size + row];
            }
        }
        return full;
    }
}
