package io.lensmill.reports;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.contracts.ReliabilityPoint;
import io.lensmill.contracts.RocCurve;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Made-up reports for tests of tables, JSON and pictures. */
public final class SampleReports {

    public static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

    private SampleReports() {}

    /** Three classes, 600 labelled images; each curve is y = x^p, whose area is 1 / (1 + p). */
    public static MetricReport classificationReport() {
        List<String> classes = List.of("no", "sphere", "vort");
        double[] powers = {0.01, 0.08, 0.03};
        return report("demo/held-out", ImageRole.REAL)
                .setClassification(ClassificationMetrics.newBuilder()
                        .setClasses(classes)
                        .setLabelled(600)
                        .setPredicted(List.of(203L, 189L, 208L))
                        .setAuc(IntStream.range(0, 3)
                                .mapToObj(i -> area(powers[i]))
                                .toList())
                        .setAucMacro(estimate(0.9619, null, null))
                        .setAucBounds(List.of())
                        .setAccuracy(estimate(0.945, 0.9238, 0.9605))
                        .setCalibrationError(Estimate.newBuilder(estimate(0.0213, null, null))
                                .setParameters(Map.of("bins", "15", "ofCalibratedClassifier", "0.0121"))
                                .build())
                        .setReliability(List.of(
                                new ReliabilityPoint(18L, 0.44, 0.5),
                                new ReliabilityPoint(41L, 0.63, 25 / 41.0),
                                new ReliabilityPoint(97L, 0.84, 86 / 97.0),
                                new ReliabilityPoint(444L, 0.985, 437 / 444.0)))
                        .setLateLabels(12)
                        .setConfusion(List.of(List.of(196L, 3L, 1L), List.of(5L, 181L, 14L), List.of(2L, 5L, 193L)))
                        .setRocCurves(IntStream.range(0, 3)
                                .mapToObj(i -> curve(classes.get(i), powers[i]))
                                .toList())
                        .build())
                .build();
    }

    /** 256 generated images against 600 real ones; FID is in doubt, and one bandwidth has no RRKE. */
    public static MetricReport realismReport() {
        return report("demo/generated", ImageRole.GENERATED)
                .setStatus(EstimateStatus.TOO_FEW)
                .setRealism(RealismMetrics.newBuilder()
                        .setReference("demo/held-out")
                        .setReferenceCount(600)
                        .setEmbeddingSize(128)
                        .setFid(Estimate.newBuilder(estimate(12.3456, null, null))
                                .setStatus(EstimateStatus.TOO_FEW)
                                .setReason("256 images; 640 are needed for 128 dimensions.")
                                .build())
                        .setFidFloor(estimate(3.2, null, null))
                        .setFidInfinity(Estimate.newBuilder(estimate(9.1, 7.9, 10.3))
                                .setStatus(EstimateStatus.RANK_DEFICIENT)
                                .setReason("Halves of 128 rows have singular covariances.")
                                .build())
                        .setKid(estimate(0.0123, 0.0087, 0.0159))
                        .setMemorised(Estimate.newBuilder(estimate(0.0156, 0.0061, 0.0395))
                                .setParameters(Map.of("ofPerfectGenerator", "0.0133"))
                                .build())
                        .setKernels(List.of(
                                kernel("auto", 4.75, 2.314, 2.871, 0.1234), kernel("0.2", 0.2, 255.9, 599.1, null)))
                        .build())
                .build();
    }

    public static Estimate estimate(Double value, Double lower, Double upper) {
        return Estimate.newBuilder()
                .setValue(value)
                .setLower(lower)
                .setUpper(upper)
                .setIntervalKind(lower == null ? "" : "95 %")
                .setN(600)
                .setEstimator("exact")
                .build();
    }

    private static MetricReport.Builder report(String collection, ImageRole role) {
        return MetricReport.newBuilder()
                .setModelId("demo-classifier")
                .setCollection(collection)
                .setRole(role)
                .setSequence(7)
                .setEmittedAt(TIME)
                .setExtractorId("demo-classifier@0123456789ab/minmax-v1")
                .setReceived(602)
                .setCounted(600)
                .setDuplicates(2)
                .setStatus(EstimateStatus.OK)
                .setInputOffsets(Map.of("classifications-0", 601L));
    }

    private static Estimate area(double power) {
        double value = 1 / (1 + power);
        return estimate(value, value - 0.008, Math.min(1, value + 0.006));
    }

    private static RocCurve curve(String name, double power) {
        List<Double> x = IntStream.rangeClosed(0, 100)
                .mapToObj(i -> Math.pow(i / 100.0, 3))
                .toList();
        return RocCurve.newBuilder()
                .setClassName(name)
                .setFalsePositiveRate(x)
                .setTruePositiveRate(x.stream().map(v -> Math.pow(v, power)).toList())
                .build();
    }

    private static KernelMetrics kernel(String name, double bandwidth, double modes, double reference, Double rrke) {
        return KernelMetrics.newBuilder()
                .setName(name)
                .setBandwidth(bandwidth)
                .setRkeModeCount(estimate(modes, null, null))
                .setRkeModeCountReference(estimate(reference, null, null))
                .setRrke(estimate(rrke, null, null))
                .build();
    }
}
