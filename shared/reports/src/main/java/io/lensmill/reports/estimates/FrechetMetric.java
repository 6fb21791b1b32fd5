package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.realism.FrechetDistance;

/** The Frechet distance to the reference (Heusel et al. 2017, equation 6), from all embeddings. */
final class FrechetMetric extends PairMetric {

    static final String ESTIMATOR = "Gaussian moments, symmetric eigen-solver";
    static final String AXIS = "Frechet distance, squared units of the embedding";

    FrechetMetric() {
        super(
                new MetricDescription("fid", "FID", "To be judged against its floor, at this number of images.", AXIS),
                false,
                ESTIMATOR);
    }

    @Override
    EstimateDraft estimate(Comparison comparison) {
        long n = comparison.subject().count();
        long m = comparison.reference().count();
        long smaller = comparison.smallerCount();
        if (smaller < 2) {
            return EstimateDraft.absent(
                    ESTIMATOR,
                    smaller,
                    EstimateStatus.TOO_FEW,
                    "FID needs 2 embeddings on both sides; got " + smaller + ".");
        }
        double value = FrechetDistance.between(
                comparison.subject().moments(), comparison.reference().moments());
        EstimateDraft draft = EstimateDraft.by(ESTIMATOR, smaller)
                .value(value)
                .parameter("rows", n)
                .parameter("referenceRows", m);
        comparison.extrapolation().ifPresent(found -> found.tellError(draft, value, n, m));
        return flagged(draft, smaller, comparison.subject().dimensions());
    }

    @Override
    EstimateDraft expected(Comparison comparison) {
        return FrechetFloorMetric.floor(comparison);
    }

    static EstimateDraft flagged(EstimateDraft draft, long smaller, int dimensions) {
        draft.parameter("dimensions", dimensions);
        if (smaller < dimensions + 1) {
            return draft.flag(
                    EstimateStatus.RANK_DEFICIENT,
                    "The covariance is singular: " + smaller + " embeddings of " + dimensions
                            + " dimensions; compare with the floor, and with nothing of another n.");
        }
        int enough = FrechetDistance.ENOUGH_PER_DIMENSION * dimensions;
        return draft.flagIf(
                smaller < enough,
                EstimateStatus.TOO_FEW,
                "Mostly bias below " + enough + " embeddings of " + dimensions + " dimensions; got " + smaller + ".");
    }
}
