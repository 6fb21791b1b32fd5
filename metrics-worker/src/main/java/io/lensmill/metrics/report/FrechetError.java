package io.lensmill.metrics.report;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.metrics.classification.Interval;
import io.lensmill.metrics.realism.FrechetExtrapolation;

/**
 * How far a Frechet distance can be trusted: what another draw of as many images would change. Found from single rows,
 * of which not all are held; with the number of rows it goes as √(1/n + 1/m).
 *
 * @param found of the rows held
 * @param rows held of the collection
 * @param referenceRows held of the reference
 */
record FrechetError(FrechetExtrapolation found, long rows, long referenceRows) {

    /** With the interval of a distance between so many rows; it is never below 0. */
    EstimateDraft told(EstimateDraft draft, double distance, long n, long m) {
        double scale = Math.sqrt((1.0 / n + 1.0 / m) / (1.0 / rows + 1.0 / referenceRows));
        Interval interval = found.distanceInterval(distance, scale);
        return draft.interval(found.intervalKind(), interval.lower(), interval.upper())
                .parameter("standardError", scale * found.distanceError());
    }
}
