package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.NamedEstimate;
import java.util.List;

/** The numbers of classification: which there are, and each of the labelled images of a collection. */
public final class ClassificationFigures {

    /** In the order in which they are shown. */
    public static final List<ClassificationMetric> METRICS =
            List.of(new AreaMetric(), new MacroAreaMetric(), new AccuracyMetric(), new CalibrationMetric());

    private ClassificationFigures() {}

    public static List<NamedEstimate> of(ClassificationResults results) {
        return METRICS.stream()
                .flatMap(metric -> metric.of(results).stream()
                        .map(figure -> metric.description().named(EstimateGroup.CLASSIFICATION, figure, true)))
                .toList();
    }
}
