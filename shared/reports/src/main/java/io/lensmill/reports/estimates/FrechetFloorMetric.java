package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.realism.FrechetDistance;
import java.util.stream.DoubleStream;

/** The Frechet distance between two halves of the reference, as it would be between sets of the sizes at hand. */
final class FrechetFloorMetric extends PairMetric {

    private static final String ESTIMATOR = FrechetMetric.ESTIMATOR + ", halves of the reference";

    FrechetFloorMetric() {
        super(
                new MetricDescription(
                        "fidFloor",
                        "FID floor",
                        "What a perfect generator would show at this number of images.",
                        FrechetMetric.AXIS),
                false,
                ESTIMATOR);
    }

    @Override
    EstimateDraft estimate(Comparison comparison) {
        return floor(comparison);
    }

    @Override
    EstimateDraft expected(Comparison comparison) {
        return null;
    }

    /** To first order the bias goes as 1/n + 1/m, and so the distance of halves is scaled. */
    static EstimateDraft floor(Comparison comparison) {
        HalfDistances halves = comparison.reference().halves();
        long smaller = Math.min(halves.rows(), halves.otherRows());
        long n = comparison.subject().count();
        if (halves.distances().length == 0 || n < 1) {
            return EstimateDraft.absent(
                    ESTIMATOR, smaller, EstimateStatus.TOO_FEW, "Fewer than 2 embeddings in a half of the reference.");
        }
        long m = comparison.reference().count();
        double[] scaled = DoubleStream.of(halves.distances())
                .map(distance -> FrechetDistance.scaled(distance, halves.rows(), halves.otherRows(), n, m))
                .toArray();
        EstimateDraft draft = EstimateDraft.by(ESTIMATOR, smaller)
                .value(DoubleStream.of(scaled).average().orElseThrow())
                .parameter("halfRows", halves.rows() + ", " + halves.otherRows())
                .parameter(
                        "distanceOfHalves",
                        DoubleStream.of(halves.distances()).average().orElseThrow())
                .parameter("scaledTo", n + ", " + m);
        halves.parameters().forEach(draft::parameter);
        if (scaled.length > 1) {
            draft.interval(
                    "least and greatest of the halvings",
                    DoubleStream.of(scaled).min().orElseThrow(),
                    DoubleStream.of(scaled).max().orElseThrow());
        }
        return FrechetMetric.flagged(draft, smaller, comparison.reference().dimensions());
    }
}
