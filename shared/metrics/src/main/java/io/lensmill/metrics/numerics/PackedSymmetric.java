package io.lensmill.metrics.numerics;

import org.ejml.data.DMatrixRMaj;

/** A symmetric matrix as its upper triangle, row by row: half the bytes. */
public final class PackedSymmetric {

    private PackedSymmetric() {}

    public static double[] pack(DMatrixRMaj matrix) {
        int size = matrix.numRows;
        double[] packed = new double[size * (size + 1) / 2];
        int at = 0;
        for (int row = 0; row < size; row++) {
            System.arraycopy(matrix.data, row * size + row, packed, at, size - row);
            at += size - row;
        }
        return packed;
    }

    /** @throws IllegalArgumentException when the values are not the triangle of a matrix of this size */
    public static DMatrixRMaj unpack(double[] packed, int size) {
        if (packed.length != (long) size * (size + 1) / 2) {
            throw new IllegalArgumentException("A symmetric matrix of size " + size + " cannot have " + packed.length
                    + " values in its triangle.");
        }
        DMatrixRMaj matrix = new DMatrixRMaj(size, size);
        int at = 0;
        for (int row = 0; row < size; row++) {
            for (int column = row; column < size; column++, at++) {
                matrix.data[row * size + column] = packed[at];
                matrix.data[column * size + row] = packed[at];
            }
        }
        return matrix;
    }
}
