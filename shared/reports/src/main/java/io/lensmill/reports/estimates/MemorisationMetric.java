package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.Interval;
import io.lensmill.metrics.realism.Memorisation;

/** The share of images that may be copies of the reference's, from the rows that are held. */
final class MemorisationMetric extends PairMetric {

    private static final String ESTIMATOR =
            "share nearer to a reference row than the 1st percentile of reference rows among themselves";

    MemorisationMetric() {
        super(
                new MetricDescription(
                        "memorised",
                        "Memorised",
                        "Share nearer to an image of the reference than those are to each other.",
                        "Share of images nearer to a reference image than those are to each other"),
                true,
                ESTIMATOR);
    }

    @Override
    EstimateDraft estimate(Comparison comparison) {
        PairRows pairs = PairRows.of(comparison, comparison.settings().pairRows(), Integer.MAX_VALUE);
        EstimateDraft draft = pairs.tell(EstimateDraft.by(ESTIMATOR, pairs.rows().numRows));
        int reference = pairs.referenceRows().numRows;
        if (reference < 2 || pairs.rows().numRows < 1) {
            return draft.flag(
                    EstimateStatus.TOO_FEW, "Memorisation needs 2 embeddings of the reference; got " + reference + ".");
        }
        return told(draft, Memorisation.of(pairs.rows(), training(comparison.reference())));
    }

    private static Memorisation.Training training(EmbeddingSet reference) {
        return reference.once("training", () -> Memorisation.Training.of(reference.rows()));
    }

    private static EstimateDraft told(EstimateDraft draft, Memorisation found) {
        if (!Double.isFinite(found.threshold()) || !Double.isFinite(found.closest())) {
            return draft.flag(
                    EstimateStatus.RANK_DEFICIENT,
                    "Memorisation: the embeddings are so large that their distances leave double precision.");
        }
        Interval interval = Interval.wilson(found.nearer(), found.generated());
        return draft.value(found.share())
                .interval("95 %, Wilson", interval.lower(), interval.upper())
                .parameter("nearer", found.nearer())
                .parameter("threshold", found.threshold())
                .parameter("medianOfReference", found.medianReal())
                .parameter("median", found.medianGenerated())
                .parameter("closest", found.closest())
                .parameter("ofPerfectGenerator", ofPerfectGenerator(found.training()))
                .flagIf(
                        found.training() < Memorisation.ENOUGH_TRAINING,
                        EstimateStatus.TOO_FEW,
                        "Memorisation: a 1st percentile needs " + Memorisation.ENOUGH_TRAINING
                                + " embeddings of the reference; got " + found.training() + ".")
                .flagIf(
                        found.threshold() == 0,
                        EstimateStatus.TOO_FEW,
                        "Memorisation: the reference holds copies of its own images, and nothing is nearer than a"
                                + " copy.");
    }

    @Override
    EstimateDraft expected(Comparison comparison) {
        int reference = comparison.reference().rows().numRows;
        return reference < 2
                ? null
                : EstimateDraft.by("1st percentile, and pairs of mutual neighbours", reference)
                        .value(ofPerfectGenerator(reference));
    }

    /** @param training images of the reference that were looked at */
    private static double ofPerfectGenerator(long training) {
        return Memorisation.PERCENTILE / 100 + 2.0 / training;
    }
}
