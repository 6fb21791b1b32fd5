package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.metrics.classification.Interval;
import io.lensmill.metrics.realism.FrechetExtrapolation;

/**
 * A Frechet distance extrapolated to infinitely many images, and of how many it speaks.
 *
 * @param found from the rows that were held
 * @param rows held of the set
 * @param referenceRows held of the reference
 * @param rowsOf embeddings that the set had, of which the rows were drawn
 * @param referenceRowsOf embeddings that the reference had
 */
public record Extrapolation(
        FrechetExtrapolation found, long rows, long referenceRows, long rowsOf, long referenceRowsOf) {

    /**
     * Gives a plain distance its interval: what another draw of as many images would change. Found from single rows, of
     * which not all are held; with the number of rows it goes as √(1/n + 1/m).
     *
     * @param n embeddings behind the distance
     * @param m of the reference
     */
    void tellError(EstimateDraft draft, double distance, long n, long m) {
        double scale = Math.sqrt((1.0 / n + 1.0 / m) / (1.0 / rows + 1.0 / referenceRows));
        Interval interval = found.distanceInterval(distance, scale);
        draft.interval(found.intervalKind(), interval.lower(), interval.upper())
                .parameter("standardError", scale * found.distanceError());
    }
}
