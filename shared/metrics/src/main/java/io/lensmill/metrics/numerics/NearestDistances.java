package io.lensmill.metrics.numerics;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The distance from each row to its nearest neighbour. Matrix products find the neighbour, slice by slice; its distance
 * is then taken from the difference itself, so that a copy lies at 0 and not at what rounding leaves of it.
 */
public final class NearestDistances {

    private NearestDistances() {}

    /**
     * Euclidean distance of each row of x to the nearest row of y.
     *
     * @param x [n, d]
     * @param y [m, d], one row or more
     * @return [n]
     */
    public static double[] between(DMatrixRMaj x, DMatrixRMaj y) {
        return of(x, y, false);
    }

    /**
     * The same to the nearest other row of the set itself, two rows or more: each row is left out of its own search.
     */
    public static double[] within(DMatrixRMaj rows) {
        return of(rows, rows, true);
    }

    private static double[] of(DMatrixRMaj x, DMatrixRMaj y, boolean leaveOut) {
        double[] origin = Centring.columnMeans(y);
        List<Slice> left = Slice.centred(x, origin);
        List<Slice> right = Slice.centred(y, origin);
        double[] distances = new double[x.numRows];
        for (int i = 0; i < left.size(); i++) {
            int[] nearest = nearest(left.get(i), right, leaveOut ? i * Blocks.ROWS : -1);
            for (int row = 0; row < nearest.length; row++) {
                distances[i * Blocks.ROWS + row] = distance(x, i * Blocks.ROWS + row, y, nearest[row]);
            }
        }
        return distances;
    }

    /** @param own place of the first row among the candidates, which are the same rows; -1 when they are others */
    private static int[] nearest(Slice rows, List<Slice> candidates, int own) {
        int[] nearest = new int[rows.rows().numRows];
        double[] least = new double[nearest.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int j = 0; j < candidates.size(); j++) {
            DMatrixRMaj squares = SquaredDistances.between(rows, candidates.get(j));
            for (int row = 0, at = 0; row < squares.numRows; row++) {
                for (int column = 0; column < squares.numCols; column++, at++) {
                    int candidate = j * Blocks.ROWS + column;
                    if (squares.data[at] < least[row] && (own < 0 || candidate != own + row)) {
                        least[row] = squares.data[at];
                        nearest[row] = candidate;
                    }
                }
            }
        }
        return nearest;
    }

    private static double distance(DMatrixRMaj x, int row, DMatrixRMaj y, int other) {
        double sum = 0;
        for (int column = 0; column < x.numCols; column++) {
            double difference = x.data[row * x.numCols + column] - y.data[other * x.numCols + column];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
