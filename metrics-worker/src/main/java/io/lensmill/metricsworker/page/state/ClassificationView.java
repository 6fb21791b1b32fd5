package io.lensmill.metricsworker.page.state;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.ReliabilityPoint;
import io.lensmill.contracts.RocCurve;
import java.util.List;

/** How well the classes are told apart; the lists follow the order of the classes. */
public record ClassificationView(
        List<String> classes,
        long labelled,
        List<EstimateView> auc,
        EstimateView aucMacro,
        EstimateView accuracy,
        EstimateView calibrationError,
        List<Bin> reliability,
        long lateLabels,
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

    /** Images whose highest probability lies in one range. */
    public record Bin(long count, double confidence, double accuracy) {

        static Bin of(ReliabilityPoint point) {
            return new Bin(point.getCount(), point.getConfidence(), point.getAccuracy());
        }
    }

    static ClassificationView of(ClassificationMetrics metrics) {
        return new ClassificationView(
                metrics.getClasses(),
                metrics.getLabelled(),
                EstimateView.of(metrics.getAuc()),
                EstimateView.of(metrics.getAucMacro()),
                EstimateView.of(metrics.getAccuracy()),
                EstimateView.of(metrics.getCalibrationError()),
                metrics.getReliability().stream().map(Bin::of).toList(),
                metrics.getLateLabels(),
                metrics.getConfusion(),
                metrics.getRocCurves().stream().map(Roc::of).toList());
    }
}
