package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.Interval;
import io.lensmill.metrics.realism.KernelInceptionDistance;

/** The kernel Inception distance to the reference (Binkowski et al. 2018), unbiased, from the rows that are held. */
final class KernelInceptionMetric extends PairMetric {

    private static final String ESTIMATOR = "unbiased, kernel (x.y/d + 1)^3";
    private static final int ENOUGH = ClassificationAccumulator.ENOUGH;

    KernelInceptionMetric() {
        super(
                new MetricDescription(
                        "kid",
                        "KID",
                        "Needs no floor. About 0 between like sets, and below 0 half of the time.",
                        "Kernel Inception distance, 0: alike"),
                true,
                ESTIMATOR);
    }

    @Override
    EstimateDraft estimate(Comparison comparison) {
        int most = comparison.settings().pairRows();
        PairRows pairs = PairRows.of(comparison, most, most);
        int smaller = pairs.smaller();
        EstimateDraft draft = pairs.tell(EstimateDraft.by(ESTIMATOR, smaller));
        if (smaller < 2) {
            return draft.flag(EstimateStatus.TOO_FEW, "KID needs 2 embeddings on both sides; got " + smaller + ".");
        }
        KernelInceptionDistance found = KernelInceptionDistance.between(pairs.rows(), pairs.referenceRows());
        if (!Double.isFinite(found.value())) {
            return draft.flag(
                    EstimateStatus.RANK_DEFICIENT,
                    "KID: the embeddings are so large that the kernel (x.y/d + 1)^3 leaves double precision.");
        }
        if (found.isLostToRounding()) {
            return draft.flag(
                    EstimateStatus.RANK_DEFICIENT,
                    "KID is lost to rounding: the embeddings lie so far from 0 for their spread that the kernel"
                            + " (x.y/d + 1)^3 keeps nothing of their differences.");
        }
        double margin = Interval.Z95 * found.standardError();
        return draft.value(found.value())
                .interval("95 %, jackknife", found.value() - margin, found.value() + margin)
                .parameter("standardError", found.standardError())
                .flagIf(
                        smaller < ENOUGH,
                        EstimateStatus.TOO_FEW,
                        "KID: fewer than " + ENOUGH + " embeddings on a side: " + smaller + ".");
    }
}
