package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.ConfusionMatrix;
import io.lensmill.metrics.classification.Interval;
import java.util.List;

/** The share of labelled images whose predicted class is the label. */
final class AccuracyMetric implements ClassificationMetric {

    private static final int ENOUGH = ClassificationAccumulator.ENOUGH;

    @Override
    public MetricDescription description() {
        return new MetricDescription(
                "accuracy",
                "Accuracy",
                "Share of labelled images whose predicted class is the label.",
                "Share of labelled images");
    }

    @Override
    public List<Figure> of(ClassificationResults results) {
        ConfusionMatrix confusion = results.confusion();
        long n = results.labelled();
        Interval interval = Interval.wilson(confusion.correct(), n);
        return List.of(Figure.one(
                EstimateDraft.by("exact", n)
                        .value((double) confusion.correct() / n)
                        .interval("95 %, Wilson", interval.lower(), interval.upper())
                        .flagIf(
                                n < ENOUGH,
                                EstimateStatus.TOO_FEW,
                                "Fewer than " + ENOUGH + " labelled images: " + n + "."),
                null));
    }
}
