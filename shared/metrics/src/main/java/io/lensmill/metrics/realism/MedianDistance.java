package io.lensmill.metrics.realism;

import io.lensmill.metrics.numerics.Centring;
import io.lensmill.metrics.numerics.OrderStatistic;
import io.lensmill.metrics.numerics.SquaredDistances;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** The median distance between the rows of a set, the bandwidth that suits the set's own scale. */
public final class MedianDistance {

    /** Rows looked at, at most: half a million pairs pin the median down to a fraction of a per cent. */
    public static final int MAX_ROWS = 1000;

    private MedianDistance() {}

    /** @param rows in random order, two or more; the first {@link #MAX_ROWS} count */
    public static double of(List<EmbeddingRow> rows) {
        return of(EmbeddingRow.matrix(rows.subList(0, Math.min(rows.size(), MAX_ROWS))));
    }

    /** @param rows [n, d] in random order, two or more; the first {@link #MAX_ROWS} count */
    public static double of(DMatrixRMaj rows) {
        DMatrixRMaj matrix = CommonOps_DDRM.extract(rows, 0, Math.min(rows.numRows, MAX_ROWS), 0, rows.numCols);
        Centring.centre(matrix, Centring.columnMeans(matrix));
        DMatrixRMaj distances = SquaredDistances.between(matrix, matrix);
        double[] squares = new double[matrix.numRows * (matrix.numRows - 1) / 2];
        int at = 0;
        for (int row = 0; row < matrix.numRows; row++) {
            int rest = matrix.numRows - row - 1;
            System.arraycopy(distances.data, row * matrix.numRows + row + 1, squares, at, rest);
            at += rest;
        }
        int middle = squares.length / 2;
        double upper = Math.sqrt(OrderStatistic.of(squares, middle));
        return squares.length % 2 == 1 ? upper : (Math.sqrt(OrderStatistic.of(squares, middle - 1)) + upper) / 2;
    }
}
