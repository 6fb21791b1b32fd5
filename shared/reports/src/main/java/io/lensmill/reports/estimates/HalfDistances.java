package io.lensmill.reports.estimates;

import io.lensmill.metrics.realism.FrechetDistance;
import io.lensmill.metrics.realism.MomentAccumulator;
import java.util.Map;

/**
 * Frechet distances between two halves of one set.
 *
 * @param rows of one half
 * @param otherRows of the other half
 * @param distances one per way of halving; none while a half has fewer than two rows
 * @param parameters how the halves were made, for the reader of the report
 */
public record HalfDistances(long rows, long otherRows, double[] distances, Map<String, String> parameters) {

    static HalfDistances ofOne(MomentAccumulator half, MomentAccumulator other) {
        boolean enough = Math.min(half.count(), other.count()) >= 2;
        double[] distances = enough ? new double[] {FrechetDistance.between(half, other)} : new double[0];
        return new HalfDistances(half.count(), other.count(), distances, Map.of());
    }
}
