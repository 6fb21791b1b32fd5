package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.realism.FrechetExtrapolation;
import io.lensmill.metrics.realism.FrechetExtrapolation.Effort;
import java.util.Optional;

/** The Frechet distance at infinitely many images (Chong and Forsyth 2020), from the rows that are held. */
final class FrechetInfinityMetric extends PairMetric {

    FrechetInfinityMetric() {
        super(
                new MetricDescription(
                        "fidInfinity",
                        "FID infinity",
                        "FID at infinitely many images: needs no floor. Below 0: no distance was seen.",
                        FrechetMetric.AXIS),
                true,
                "extrapolation over 1/n + 1/m (after Chong and Forsyth 2020)");
    }

    @Override
    EstimateDraft estimate(Comparison comparison) {
        Optional<Extrapolation> extrapolation = comparison.extrapolation();
        EstimateDraft draft = PairRows.held(comparison)
                .tell(EstimateDraft.by(comparison.extrapolator().estimator(), comparison.smallerRows()));
        return extrapolation.isPresent() ? told(draft, extrapolation.get(), comparison) : tooFew(draft, comparison);
    }

    private static EstimateDraft tooFew(EstimateDraft draft, Comparison comparison) {
        Effort effort = comparison.extrapolator().effort();
        int dimensions = comparison.subject().dimensions();
        int smaller = comparison.smallerRows();
        return draft.flag(
                smaller < effort.leastRows() ? EstimateStatus.TOO_FEW : EstimateStatus.RANK_DEFICIENT,
                "FID at infinite size needs " + comparison.extrapolator().leastRows(dimensions) + " embeddings of "
                        + dimensions + " dimensions on both sides, held as they are; got " + smaller + ".");
    }

    private static EstimateDraft told(EstimateDraft draft, Extrapolation extrapolation, Comparison comparison) {
        FrechetExtrapolation found = extrapolation.found();
        int dimensions = comparison.subject().dimensions();
        return draft.value(found.value())
                .interval(found.intervalKind(), found.lower(), found.upper())
                .parameter("rowsOf", extrapolation.rowsOf())
                .parameter("referenceRowsOf", extrapolation.referenceRowsOf())
                .parameter("standardError", found.standardError())
                .parameter("slope", found.slope())
                .parameter("smallestSubset", found.smallestSubset())
                .parameter("seed", comparison.settings().seed())
                .flagIf(
                        found.smallestSubset() <= dimensions,
                        EstimateStatus.RANK_DEFICIENT,
                        "The smallest subsets have " + found.smallestSubset() + " embeddings of " + dimensions
                                + " dimensions: their covariance is singular, and the bias no straight line.");
    }
}
