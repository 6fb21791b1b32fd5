package io.lensmill.metrics.numerics;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A matrix in slices of its rows. What is worked out for all pairs of rows goes slice by slice: one matrix product of a
 * size that stays in the caches, and no [n, n] matrix.
 */
public final class Blocks {

    /** Rows of a slice; the last one may have fewer. */
    public static final int ROWS = 256;

    private Blocks() {}

    /**
     * @param rows [n, d]
     * @return copies of {@link #ROWS} rows each, in order
     */
    public static List<DMatrixRMaj> of(DMatrixRMaj rows) {
        return of(rows, ROWS);
    }

    /**
     * @param rows [n, d]
     * @param most rows of a slice, 1 or more
     * @return copies, in order
     */
    public static List<DMatrixRMaj> of(DMatrixRMaj rows, int most) {
        List<DMatrixRMaj> blocks = new ArrayList<>();
        for (int from = 0; from < rows.numRows; from += most) {
            int to = Math.min(rows.numRows, from + most);
            blocks.add(CommonOps_DDRM.extract(rows, from, to, 0, rows.numCols));
        }
        return blocks;
    }
}
