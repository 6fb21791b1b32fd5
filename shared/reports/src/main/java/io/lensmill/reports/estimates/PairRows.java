package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import org.ejml.data.DMatrixRMaj;

/**
 * The rows that a metric of pairs looks at, and of how many they were drawn.
 *
 * @param rows [n, d] of the set
 * @param referenceRows [m, d] of the reference
 * @param rowsOf embeddings of the set
 * @param referenceRowsOf embeddings of the reference
 */
record PairRows(DMatrixRMaj rows, DMatrixRMaj referenceRows, long rowsOf, long referenceRowsOf) {

    /** All that are held. */
    static PairRows held(Comparison comparison) {
        return of(comparison, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** At most so many of each side. */
    static PairRows of(Comparison comparison, int most, int mostOfReference) {
        return new PairRows(
                comparison.subject().rows(most),
                comparison.reference().rows(mostOfReference),
                comparison.subject().count(),
                comparison.reference().count());
    }

    int smaller() {
        return Math.min(rows.numRows, referenceRows.numRows);
    }

    EstimateDraft tell(EstimateDraft draft) {
        return draft.parameter("rows", rows.numRows)
                .parameter("rowsOf", rowsOf)
                .parameter("referenceRows", referenceRows.numRows)
                .parameter("referenceRowsOf", referenceRowsOf)
                .parameter("dimensions", rows.numCols);
    }
}
