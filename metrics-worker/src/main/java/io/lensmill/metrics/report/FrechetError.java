package io.lensmill.metrics.report;

import io.lensmill.contracts.EstimateDraft;

/**
 * How far a Frechet distance can be trusted: what another draw of as many images would change. Found from single rows,
 * of which not all are held; with the number of rows it goes as √(1/n + 1/m).
 *
 * @param standardError of the distance between the rows held
 * @param margin half the width of its interval
 * @param kind of that interval
 * @param rows held of the collection
 * @param referenceRows held of the reference
 */
record FrechetError(double standardError, double margin, String kind, long rows, long referenceRows) {

    /** With the interval of a distance between so many rows; it is never below 0. */
    EstimateDraft told(EstimateDraft draft, double distance, long n, long m) {
        double scale = Math.sqrt((1.0 / n + 1.0 / m) / (1.0 / rows + 1.0 / referenceRows));
        return draft.interval(kind, Math.max(0, distance - scale * margin), distance + scale * margin)
                .parameter("standardError", scale * standardError);
    }
}
