package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import java.util.List;

/** One number of a comparison; there is none without a reference. */
abstract class PairMetric implements RealismMetric {

    private final MetricDescription description;
    private final boolean looksAtRows;
    private final String estimator;

    /** @param estimator how it is computed, for a number that cannot be given */
    PairMetric(MetricDescription description, boolean looksAtRows, String estimator) {
        this.description = description;
        this.looksAtRows = looksAtRows;
        this.estimator = estimator;
    }

    /** The number, absent where the sets are too small. */
    abstract EstimateDraft estimate(Comparison comparison);

    /** What a perfect generator would show; null: unknown. Zero, unless a metric knows better. */
    EstimateDraft expected(Comparison comparison) {
        return EstimateDraft.by("by definition", comparison.smallerCount()).value(0);
    }

    @Override
    public final MetricDescription description() {
        return description;
    }

    @Override
    public final boolean looksAtRows() {
        return looksAtRows;
    }

    @Override
    public final List<Figure> compared(Comparison comparison) {
        return List.of(Figure.one(estimate(comparison), expected(comparison)));
    }

    @Override
    public final List<Figure> alone(LoneSet set) {
        return List.of(Figure.one(set.obstacle().absent(estimator, set.count()), null));
    }
}
