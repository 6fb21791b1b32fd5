package io.lensmill.reports.estimates;

import java.util.List;

/** Area under the ROC curve of each class against the rest, with the interval of Hanley and McNeil. */
final class AreaMetric implements ClassificationMetric {

    static final String AXIS = "Area under the ROC curve";

    @Override
    public MetricDescription description() {
        return new MetricDescription(
                "auc", "AUC", "Chance that an image of the class gets a higher score than one of another.", AXIS);
    }

    @Override
    public List<Figure> of(ClassificationResults results) {
        return results.areas().stream()
                .map(area -> Figure.ofClass(area.className(), area.draft()))
                .toList();
    }
}
