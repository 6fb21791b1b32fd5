package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.metrics.classification.ForeignAccumulator;
import java.util.List;

/** Whether a model is made for the images of a collection; no label is needed for it. */
public final class ApplicabilityFigures {

    private static final ForeignShareMetric FOREIGN_SHARE = new ForeignShareMetric();

    private ApplicabilityFigures() {}

    /** Empty while no image was judged: its model was published before 1.6. */
    public static List<NamedEstimate> of(ForeignAccumulator counts) {
        if (counts.judged() == 0) {
            return List.of();
        }
        return List.of(FOREIGN_SHARE.description().named(EstimateGroup.APPLICABILITY, FOREIGN_SHARE.of(counts), true));
    }
}
