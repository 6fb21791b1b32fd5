package io.lensmill.metrics.page.state;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.RocCurve;
import java.util.List;

/** How well the classes are told apart; the lists follow the order of the classes. */
public record ClassificationView(
        List<String> classes,
        long labelled,
        List<EstimateView> auc,
        EstimateView aucMacro,
        EstimateView accuracy,
        List<List<Long>> confusion,
        List<Roc> rocCurves) {

    /** A ROC curve of one class against the rest. */
    public record Roc(String className, List<Double> falsePositiveRate, List<Double> truePositiveRate) {

        static Roc of(RocCurve curve) {
            return new Roc(
                    curve.getClassName(),
                    Numbers.rounded(curve.getFalsePositiveRate()),
                    Numbers.rounded(curve.getTruePositiveRate()));
        }
    }

    static ClassificationView of(ClassificationMetrics metrics) {
        return new ClassificationView(
                metrics.getClasses(),
                metrics.getLabelled(),
                EstimateView.of(metrics.getAuc()),
                EstimateView.of(metrics.getAucMacro()),
                EstimateView.of(metrics.getAccuracy()),
                metrics.getConfusion(),
                metrics.getRocCurves().stream().map(Roc::of).toList());
    }
}
