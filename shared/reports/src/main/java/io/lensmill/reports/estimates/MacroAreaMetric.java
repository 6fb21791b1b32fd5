package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The unweighted mean of the classes' areas. */
final class MacroAreaMetric implements ClassificationMetric {

    @Override
    public MetricDescription description() {
        return new MetricDescription("aucMacro", "AUC macro", "Unweighted mean over the classes.", AreaMetric.AXIS);
    }

    @Override
    public List<Figure> of(ClassificationResults results) {
        return List.of(Figure.one(draft(results.areas()), null));
    }

    /** The mean of intervals is as wide as if all areas erred together: never too narrow, whatever their dependence. */
    private static EstimateDraft draft(List<ClassArea> areas) {
        ClassArea first = areas.get(0);
        EstimateDraft draft =
                EstimateDraft.by(first.estimator(), first.labelled()).parameter("classes", areas.size());
        if (!areas.stream().allMatch(ClassArea::hasBothKinds)) {
            return draft.flag(EstimateStatus.ONE_CLASS, "Some class has no labelled image yet, or all of them.");
        }
        return draft.value(mean(areas, ClassArea::area))
                .interval(
                        "95 %, mean of the classes' intervals (conservative)",
                        mean(areas, area -> area.interval().lower()),
                        mean(areas, area -> area.interval().upper()))
                .flagIf(
                        areas.stream().anyMatch(ClassArea::isSmall),
                        EstimateStatus.TOO_FEW,
                        "Some class has fewer than " + ClassificationAccumulator.ENOUGH
                                + " labelled images, or fewer than that stand against it.");
    }

    private static double mean(List<ClassArea> areas, ToDoubleFunction<ClassArea> figure) {
        return areas.stream().mapToDouble(figure).average().orElseThrow();
    }
}
