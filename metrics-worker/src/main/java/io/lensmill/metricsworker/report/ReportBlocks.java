package io.lensmill.metricsworker.report;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.contracts.ReliabilityPoint;
import io.lensmill.contracts.RocCurve;
import io.lensmill.metrics.classification.CalibrationAccumulator;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.ConfusionMatrix;
import io.lensmill.metrics.classification.RocAccumulator;
import io.lensmill.metrics.classification.RocCurvePoints;
import io.lensmill.metricsworker.collection.CollectionTally;
import io.lensmill.reports.estimates.ClassArea;
import io.lensmill.reports.estimates.NamedFigures;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of a report: counts and curves, and beside them the numbers that reports had before each stood under its
 * name, for their readers. Nothing is added here for a new metric.
 */
final class ReportBlocks {

    private ReportBlocks() {}

    /**
     * @param lateLabels how many of the labels came as messages of their own
     * @param figures of classification
     * @return null while there is no labelled image
     */
    static ClassificationMetrics classification(
            ClassificationAccumulator from, long lateLabels, List<NamedEstimate> figures) {
        ConfusionMatrix confusion = from.confusion();
        if (confusion.total() == 0) {
            return null;
        }
        List<String> classes = from.classes();
        return ClassificationMetrics.newBuilder()
                .setClasses(classes)
                .setLabelled(confusion.total())
                .setLateLabels(lateLabels)
                .setPredicted(classes.stream().map(from::predicted).toList())
                .setAuc(NamedFigures.all(figures, "auc").stream()
                        .map(NamedEstimate::getEstimate)
                        .toList())
                .setAucMacro(number(figures, "aucMacro"))
                .setAucBounds(classes.stream()
                        .map(name -> ClassArea.bounds(name, from.roc(name)).build())
                        .toList())
                .setAccuracy(number(figures, "accuracy"))
                .setCalibrationError(number(figures, "calibrationError"))
                .setReliability(reliability(from.calibration()))
                .setConfusion(counts(confusion, classes))
                .setRocCurves(classes.stream()
                        .map(name -> curve(name, from.roc(name)))
                        .toList())
                .build();
    }

    private static List<List<Long>> counts(ConfusionMatrix confusion, List<String> classes) {
        return classes.stream()
                .map(t -> classes.stream().map(p -> confusion.count(t, p)).toList())
                .toList();
    }

    private static List<ReliabilityPoint> reliability(CalibrationAccumulator calibration) {
        return calibration.bins().stream()
                .filter(bin -> bin.count() > 0)
                .map(bin -> new ReliabilityPoint(bin.count(), bin.confidence(), bin.accuracy()))
                .toList();
    }

    private static RocCurve curve(String className, RocAccumulator roc) {
        RocCurvePoints points = roc.curve();
        return new RocCurve(className, points.falsePositiveRate(), points.truePositiveRate());
    }

    /**
     * @param figures of realism
     * @return null without any
     */
    static RealismMetrics realism(
            CollectionTally subject, Optional<CollectionSnapshot> reference, List<NamedEstimate> figures) {
        if (figures.isEmpty()) {
            return null;
        }
        var named = subject.references();
        return RealismMetrics.newBuilder()
                .setReference(named.size() == 1 ? named.first() : null)
                .setReferenceCount(reference.map(r -> r.tally().counted()).orElse(0L))
                .setEmbeddingSize(subject.extractors().first().dimensions())
                .setFid(number(figures, "fid"))
                .setFidFloor(number(figures, "fidFloor"))
                .setFidInfinity(number(figures, "fidInfinity"))
                .setKid(number(figures, "kid"))
                .setMemorised(number(figures, "memorised"))
                .setKernels(kernels(figures))
                .build();
    }

    private static List<KernelMetrics> kernels(List<NamedEstimate> figures) {
        return NamedFigures.all(figures, "rkeModeCount").stream()
                .flatMap(modes -> kernel(modes, relative(figures, modes)).stream())
                .toList();
    }

    private static Estimate relative(List<NamedEstimate> figures, NamedEstimate modes) {
        return NamedFigures.all(figures, "rrke").stream()
                .filter(figure -> figure.getLabels().equals(modes.getLabels()))
                .findFirst()
                .orElseThrow()
                .getEstimate();
    }

    /** Empty where the bandwidth is not known, since the reference that decides it is missing. */
    private static Optional<KernelMetrics> kernel(NamedEstimate modes, Estimate relative) {
        String name = modes.getLabels().get("bandwidth");
        String bandwidth = modes.getEstimate().getParameters().getOrDefault("bandwidth", name);
        if (bandwidth.equals("auto")) {
            return Optional.empty();
        }
        // Without a reference both lack for the same reason.
        Estimate ofReference = modes.getExpected() == null ? relative : modes.getExpected();
        return Optional.of(
                new KernelMetrics(name, Double.parseDouble(bandwidth), modes.getEstimate(), ofReference, relative));
    }

    private static Estimate number(List<NamedEstimate> figures, String name) {
        return NamedFigures.find(figures, name).orElse(null);
    }
}
