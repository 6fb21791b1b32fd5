package io.lensmill.metrics.report;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.ReliabilityPoint;
import io.lensmill.contracts.RocCurve;
import io.lensmill.metrics.classification.CalibrationAccumulator;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.ConfusionMatrix;
import io.lensmill.metrics.classification.Interval;
import io.lensmill.metrics.classification.RocAccumulator;
import io.lensmill.metrics.classification.RocCurvePoints;
import java.util.List;

/** Writes the classification block of a report. */
final class ClassificationSection {

    private static final String BINNED = "binned ROC";
    private static final String EQUAL_BINS = "bins of equal width of the highest probability";
    private static final int ENOUGH = ClassificationAccumulator.ENOUGH;

    private ClassificationSection() {}

    /**
     * @param lateLabels how many of the labels came as messages of their own
     * @return null while there is no labelled image
     */
    static ClassificationMetrics of(ClassificationAccumulator from, long lateLabels) {
        ConfusionMatrix confusion = from.confusion();
        if (confusion.total() == 0) {
            return null;
        }
        List<String> classes = from.classes();
        List<RocAccumulator> curves = classes.stream().map(from::roc).toList();
        return ClassificationMetrics.newBuilder()
                .setClasses(classes)
                .setLabelled(confusion.total())
                .setLateLabels(lateLabels)
                .setPredicted(classes.stream().map(from::predicted).toList())
                .setAuc(classes.stream().map(name -> area(name, from.roc(name))).toList())
                .setAucMacro(macro(curves))
                .setAucBounds(classes.stream()
                        .map(name -> bounds(name, from.roc(name)))
                        .toList())
                .setAccuracy(accuracy(confusion))
                .setCalibrationError(calibrationError(from.calibration()))
                .setReliability(reliability(from.calibration()))
                .setConfusion(classes.stream()
                        .map(t ->
                                classes.stream().map(p -> confusion.count(t, p)).toList())
                        .toList())
                .setRocCurves(classes.stream()
                        .map(name -> curve(name, from.roc(name)))
                        .toList())
                .build();
    }

    private static Estimate area(String className, RocAccumulator roc) {
        if (!roc.hasBothKinds()) {
            return oneClass(className, roc).build();
        }
        Interval interval = Interval.hanleyMcNeil(roc.area(), roc.positives(), roc.negatives());
        return counted(roc)
                .value(roc.area())
                .interval("95 %, Hanley-McNeil inverted (Newcombe 2006, method 5)", interval.lower(), interval.upper())
                .flagIf(isSmall(roc), EstimateStatus.TOO_FEW, fewer(roc))
                .build();
    }

    private static Estimate bounds(String className, RocAccumulator roc) {
        if (!roc.hasBothKinds()) {
            return oneClass(className, roc).build();
        }
        Interval bounds = roc.bounds();
        return counted(roc)
                .value(roc.area())
                .interval("all ties lost / all ties won", bounds.lower(), bounds.upper())
                .build();
    }

    /** The mean of intervals is as wide as if all areas erred together: never too narrow, whatever their dependence. */
    private static Estimate macro(List<RocAccumulator> curves) {
        long labelled = curves.get(0).positives() + curves.get(0).negatives();
        if (!curves.stream().allMatch(RocAccumulator::hasBothKinds)) {
            String reason = "Some class has no labelled image yet, or all of them.";
            return EstimateDraft.absent(BINNED, labelled, EstimateStatus.ONE_CLASS, reason)
                    .build();
        }
        List<Interval> intervals = curves.stream()
                .map(roc -> Interval.hanleyMcNeil(roc.area(), roc.positives(), roc.negatives()))
                .toList();
        return EstimateDraft.by(BINNED, labelled)
                .value(curves.stream()
                        .mapToDouble(RocAccumulator::area)
                        .average()
                        .orElseThrow())
                .interval(
                        "95 %, mean of the classes' intervals (conservative)",
                        intervals.stream()
                                .mapToDouble(Interval::lower)
                                .average()
                                .orElseThrow(),
                        intervals.stream()
                                .mapToDouble(Interval::upper)
                                .average()
                                .orElseThrow())
                .parameter("classes", curves.size())
                .flagIf(
                        curves.stream().anyMatch(ClassificationSection::isSmall),
                        EstimateStatus.TOO_FEW,
                        "Some class has fewer than " + ENOUGH
                                + " labelled images, or fewer than that stand against it.")
                .build();
    }

    private static Estimate accuracy(ConfusionMatrix confusion) {
        Interval interval = Interval.wilson(confusion.correct(), confusion.total());
        return EstimateDraft.by("exact", confusion.total())
                .value((double) confusion.correct() / confusion.total())
                .interval("95 %, Wilson", interval.lower(), interval.upper())
                .flagIf(
                        confusion.total() < ENOUGH,
                        EstimateStatus.TOO_FEW,
                        "Fewer than " + ENOUGH + " labelled images: " + confusion.total() + ".")
                .build();
    }

    /** Of an older state's images the confidence was not kept; n says of how many it was. */
    private static Estimate calibrationError(CalibrationAccumulator calibration) {
        long n = calibration.count();
        long enough = (long) ENOUGH * CalibrationAccumulator.BINS;
        EstimateDraft draft = EstimateDraft.by(EQUAL_BINS, n).parameter("bins", CalibrationAccumulator.BINS);
        if (n == 0) {
            return draft.flag(EstimateStatus.TOO_FEW, "No confidence was kept of the labelled images.")
                    .build();
        }
        return draft.value(calibration.expectedError())
                .parameter("ofCalibratedClassifier", calibration.floor())
                .flagIf(
                        n < enough,
                        EstimateStatus.TOO_FEW,
                        "Calibration: mostly chance below " + enough + " images; got " + n
                                + ". Compare with the parameter ofCalibratedClassifier.")
                .build();
    }

    private static List<ReliabilityPoint> reliability(CalibrationAccumulator calibration) {
        return calibration.bins().stream()
                .filter(bin -> bin.count() > 0)
                .map(bin -> new ReliabilityPoint(bin.count(), bin.confidence(), bin.accuracy()))
                .toList();
    }

    private static EstimateDraft counted(RocAccumulator roc) {
        return EstimateDraft.by(BINNED, roc.positives() + roc.negatives())
                .parameter("positives", roc.positives())
                .parameter("negatives", roc.negatives())
                .parameter("bins", "upper 16 bits of the float32 logit");
    }

    private static EstimateDraft oneClass(String className, RocAccumulator roc) {
        String missing = roc.positives() == 0 ? "No labelled image is" : "Every labelled image is";
        return counted(roc).flag(EstimateStatus.ONE_CLASS, missing + " of class '" + className + "'.");
    }

    private static boolean isSmall(RocAccumulator roc) {
        return Math.min(roc.positives(), roc.negatives()) < ENOUGH;
    }

    private static String fewer(RocAccumulator roc) {
        return "Fewer than " + ENOUGH + " of a kind: " + roc.positives() + " positives, " + roc.negatives()
                + " negatives.";
    }

    private static RocCurve curve(String className, RocAccumulator roc) {
        RocCurvePoints points = roc.curve();
        return new RocCurve(className, points.falsePositiveRate(), points.truePositiveRate());
    }
}
