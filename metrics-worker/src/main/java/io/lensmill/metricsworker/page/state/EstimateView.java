package io.lensmill.metricsworker.page.state;

import io.lensmill.contracts.Estimate;
import java.util.List;

/** An {@link Estimate} as the page shows it; what is null is left out of the JSON. */
public record EstimateView(
        Double value,
        Double lower,
        Double upper,
        String intervalKind,
        long n,
        String estimator,
        String status,
        String reason) {

    /** Null without one: reports before 1.3 have fewer numbers. */
    static EstimateView of(Estimate estimate) {
        if (estimate == null) {
            return null;
        }
        return new EstimateView(
                Numbers.finite(estimate.getValue()),
                Numbers.finite(estimate.getLower()),
                Numbers.finite(estimate.getUpper()),
                estimate.getIntervalKind(),
                estimate.getN(),
                estimate.getEstimator(),
                estimate.getStatus().name(),
                estimate.getReason());
    }

    static List<EstimateView> of(List<Estimate> estimates) {
        return estimates.stream().map(EstimateView::of).toList();
    }
}
