package io.lensmill.reports.estimates;

import java.util.List;

/**
 * A number, or one per class, that says how well scores tell the classes apart. A new one is a file in this package and
 * a line in {@link ClassificationFigures#METRICS}.
 */
public interface ClassificationMetric {

    MetricDescription description();

    List<Figure> of(ClassificationResults results);
}
