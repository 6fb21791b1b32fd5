package io.lensmill.metrics.numerics;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;

/**
 * Rows in a random order that follows from a seed and the rows' values, and not from the order in which they came: so
 * every draw from it is the same for the same set of rows. Rows of equal values stay side by side, where it makes no
 * difference which of them comes first.
 */
public final class SeededOrder {

    private SeededOrder() {}

    /**
     * @param rows [n, d]
     * @return the same rows, in another matrix
     */
    public static DMatrixRMaj of(DMatrixRMaj rows, long seed) {
        long[] keys = new long[rows.numRows];
        Integer[] order = new Integer[rows.numRows];
        for (int row = 0; row < rows.numRows; row++) {
            keys[row] = key(rows, row, seed);
            order[row] = row;
        }
        Arrays.sort(order, Comparator.comparingLong(row -> keys[row]));
        DMatrixRMaj ordered = new DMatrixRMaj(rows.numRows, rows.numCols);
        for (int row = 0; row < rows.numRows; row++) {
            System.arraycopy(rows.data, order[row] * rows.numCols, ordered.data, row * rows.numCols, rows.numCols);
        }
        return ordered;
    }

    private static long key(DMatrixRMaj rows, int row, long seed) {
        long key = mixed(seed);
        for (int column = 0; column < rows.numCols; column++) {
            key = mixed(key ^ Double.doubleToLongBits(rows.data[row * rows.numCols + column]));
        }
        return key;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): each bit of the input moves half of the output's. */
    private static long mixed(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
