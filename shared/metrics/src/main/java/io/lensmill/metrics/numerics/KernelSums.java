package io.lensmill.metrics.numerics;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A kernel summed over the pairs of rows of two slices. In a pair of a slice with itself no row meets itself, and each
 * pair of rows counts for both of them once.
 *
 * @param rows for each row of the left slice the sum over the right one
 * @param columns for each row of the right slice the sum over the left one; empty for a slice with itself
 */
public record KernelSums(double[] rows, double[] columns) {

    /** k² = exp(-|x-y|² / σ²), one per bandwidth. */
    public static KernelSums[] squares(BlockPair pair, List<Slice> blocks, List<Double> bandwidths) {
        DMatrixRMaj distances = SquaredDistances.between(blocks.get(pair.left()), blocks.get(pair.right()));
        double[] kernel = new double[distances.getNumElements()];
        KernelSums[] sums = new KernelSums[bandwidths.size()];
        for (int b = 0; b < sums.length; b++) {
            double bandwidth = bandwidths.get(b);
            Exponential.ofNegative(distances.data, 1 / (bandwidth * bandwidth), kernel, kernel.length);
            sums[b] = of(kernel, distances.numRows, distances.numCols, pair.isDiagonal());
        }
        return sums;
    }

    private static KernelSums of(double[] kernel, int rows, int columns, boolean diagonal) {
        KernelSums sums = new KernelSums(new double[rows], new double[diagonal ? 0 : columns]);
        for (int row = 0; row < rows; row++) {
            if (diagonal) {
                kernel[row * columns + row] = 0;
            } else {
                addRow(kernel, row * columns, sums.columns);
            }
            sums.rows[row] = sum(kernel, row * columns, columns);
        }
        return sums;
    }

    private static void addRow(double[] kernel, int from, double[] into) {
        for (int column = 0; column < into.length; column++) {
            into[column] += kernel[from + column];
        }
    }

    /** In four parts: one sum would wait for each addition to end before it begins the next. */
    private static double sum(double[] values, int from, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int at = from;
        for (; at + 3 < from + count; at += 4) {
            a += values[at];
            b += values[at + 1];
            c += values[at + 2];
            d += values[at + 3];
        }
        for (; at < from + count; at++) {
            a += values[at];
        }
        return a + b + (c + d);
    }

    /** @param sums one per row of the whole set */
    public void addTo(double[] sums, BlockPair pair) {
        for (int row = 0; row < rows.length; row++) {
            sums[pair.left() * Blocks.ROWS + row] += rows[row];
        }
        for (int column = 0; column < columns.length; column++) {
            sums[pair.right() * Blocks.ROWS + column] += columns[column];
        }
    }
}
