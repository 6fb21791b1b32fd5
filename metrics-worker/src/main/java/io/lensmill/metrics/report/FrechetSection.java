package io.lensmill.metrics.report;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.realism.FrechetDistance;
import io.lensmill.metrics.realism.MomentAccumulator;
import java.util.Optional;

/** The Frechet distance of a collection to its reference, and the floor that a perfect generator would reach. */
final class FrechetSection {

    static final String ESTIMATOR = "Gaussian moments, symmetric eigen-solver";

    private FrechetSection() {}

    /** @param error where it is known */
    static EstimateDraft distance(MomentAccumulator subject, ReferenceMoments reference, Optional<FrechetError> error) {
        long n = subject.count();
        long m = reference.moments().count();
        long smaller = Math.min(n, m);
        if (smaller < 2) {
            return EstimateDraft.absent(
                    ESTIMATOR, smaller, EstimateStatus.TOO_FEW, "Fewer than 2 embeddings on one side.");
        }
        double value = FrechetDistance.between(subject, reference.moments());
        EstimateDraft draft = EstimateDraft.by(ESTIMATOR, smaller)
                .value(value)
                .parameter("rows", n)
                .parameter("referenceRows", m);
        error.ifPresent(found -> found.told(draft, value, n, m));
        return flagged(draft, smaller, subject.dimensions());
    }

    /** Between the halves of the reference, scaled to the sizes at hand: to first order the bias goes as 1/n + 1/m. */
    static EstimateDraft floor(MomentAccumulator subject, ReferenceMoments reference) {
        long a = reference.halves().get(0).count();
        long b = reference.halves().get(1).count();
        long smaller = Math.min(a, b);
        if (smaller < 2 || subject.count() < 1) {
            return EstimateDraft.absent(
                    ESTIMATOR, smaller, EstimateStatus.TOO_FEW, "Fewer than 2 embeddings in a half of the reference.");
        }
        long n = subject.count();
        long m = reference.moments().count();
        EstimateDraft draft = EstimateDraft.by(ESTIMATOR + ", halves of the reference", smaller)
                .value(FrechetDistance.scaled(reference.distanceOfHalves(), a, b, n, m))
                .parameter("halfRows", a + ", " + b)
                .parameter("distanceOfHalves", reference.distanceOfHalves())
                .parameter("scaledTo", n + ", " + m);
        return flagged(draft, smaller, subject.dimensions());
    }

    private static EstimateDraft flagged(EstimateDraft draft, long smaller, int dimensions) {
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
