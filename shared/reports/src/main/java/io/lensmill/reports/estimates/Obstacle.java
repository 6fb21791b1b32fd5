package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;

/**
 * Why two sets cannot be compared.
 *
 * @param status for every number that would need the comparison
 * @param reason for people
 */
public record Obstacle(EstimateStatus status, String reason) {

    /** @param n images that there are */
    EstimateDraft absent(String estimator, long n) {
        return EstimateDraft.absent(estimator, n, status, reason);
    }
}
