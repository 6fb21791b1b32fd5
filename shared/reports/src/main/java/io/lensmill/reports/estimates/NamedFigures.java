package io.lensmill.reports.estimates;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.contracts.RealismMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The numbers of a report of any version, each under its name. */
public final class NamedFigures {

    private NamedFigures() {}

    /** Those of the report; of a report from before 1.5, which has none, those of its blocks. */
    public static List<NamedEstimate> of(MetricReport report) {
        return report.getFigures().isEmpty() ? ofBlocks(report) : report.getFigures();
    }

    public static List<NamedEstimate> of(MetricReport report, EstimateGroup group) {
        return of(report).stream().filter(figure -> figure.getGroup() == group).toList();
    }

    /** The first of this name, whatever its labels. */
    public static Optional<Estimate> find(List<NamedEstimate> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.getName().equals(name))
                .map(NamedEstimate::getEstimate)
                .findFirst();
    }

    /** All of this name, in their order. */
    public static List<NamedEstimate> all(List<NamedEstimate> figures, String name) {
        return figures.stream().filter(figure -> figure.getName().equals(name)).toList();
    }

    private static List<NamedEstimate> ofBlocks(MetricReport report) {
        List<NamedEstimate> figures = new ArrayList<>();
        if (report.getClassification() != null) {
            addAll(figures, report.getClassification());
        }
        if (report.getRealism() != null) {
            addAll(figures, report.getRealism());
        }
        return figures;
    }

    private static void addAll(List<NamedEstimate> figures, ClassificationMetrics from) {
        for (int i = 0; i < Math.min(from.getClasses().size(), from.getAuc().size()); i++) {
            add(
                    figures,
                    "auc",
                    Map.of(Figure.CLASS, from.getClasses().get(i)),
                    from.getAuc().get(i),
                    null);
        }
        add(figures, "aucMacro", Map.of(), from.getAucMacro(), null);
        add(figures, "accuracy", Map.of(), from.getAccuracy(), null);
        add(
                figures,
                "calibrationError",
                Map.of(),
                from.getCalibrationError(),
                parameter(from.getCalibrationError(), "ofCalibratedClassifier"));
    }

    private static void addAll(List<NamedEstimate> figures, RealismMetrics from) {
        add(figures, "fid", Map.of(), from.getFid(), from.getFidFloor());
        add(figures, "fidFloor", Map.of(), from.getFidFloor(), null);
        add(figures, "fidInfinity", Map.of(), from.getFidInfinity(), null);
        add(figures, "kid", Map.of(), from.getKid(), null);
        add(figures, "memorised", Map.of(), from.getMemorised(), parameter(from.getMemorised(), "ofPerfectGenerator"));
        for (KernelMetrics kernel : from.getKernels()) {
            Map<String, String> labels = Map.of(Figure.BANDWIDTH, kernel.getName());
            add(
                    figures,
                    "rkeModeCount",
                    labels,
                    of(kernel, kernel.getRkeModeCount()),
                    kernel.getRkeModeCountReference());
            add(figures, "rrke", labels, of(kernel, kernel.getRrke()), null);
        }
    }

    /** The bandwidth stood beside the numbers, not in them. */
    private static Estimate of(KernelMetrics kernel, Estimate estimate) {
        Map<String, String> parameters = new TreeMap<>(estimate.getParameters());
        parameters.putIfAbsent(Figure.BANDWIDTH, String.valueOf(kernel.getBandwidth()));
        // Not by Avro's builder, which copies enums by a class loader of its own choice.
        return new Estimate(
                estimate.getValue(),
                estimate.getLower(),
                estimate.getUpper(),
                estimate.getIntervalKind(),
                estimate.getN(),
                estimate.getEstimator(),
                parameters,
                estimate.getStatus(),
                estimate.getReason());
    }

    /** What was expected stood among the parameters; null where it did not. */
    private static Estimate parameter(Estimate estimate, String name) {
        String expected = estimate == null ? null : estimate.getParameters().get(name);
        return expected == null
                ? null
                : EstimateDraft.by(name, estimate.getN())
                        .value(Double.parseDouble(expected))
                        .build();
    }

    /** Reports before 1.3 have fewer numbers. */
    private static void add(
            List<NamedEstimate> figures,
            String name,
            Map<String, String> labels,
            Estimate estimate,
            Estimate expected) {
        if (estimate != null) {
            MetricDescription description = description(name);
            figures.add(NamedEstimate.newBuilder()
                    .setName(name)
                    .setLabels(labels)
                    .setGroup(group(name))
                    .setTitle(description.title())
                    .setExplanation(description.explanation())
                    .setAxis(description.axis())
                    .setLogarithmic(description.logarithmic())
                    .setEstimate(estimate)
                    .setExpected(expected)
                    .build());
        }
    }

    private static EstimateGroup group(String name) {
        return RealismFigures.METRICS.stream()
                        .anyMatch(metric -> metric.description().name().equals(name))
                ? EstimateGroup.REALISM
                : EstimateGroup.CLASSIFICATION;
    }

    private static MetricDescription description(String name) {
        return Stream.concat(
                        RealismFigures.METRICS.stream().map(RealismMetric::description),
                        ClassificationFigures.METRICS.stream().map(ClassificationMetric::description))
                .filter(description -> description.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No metric has the name '" + name + "'."));
    }
}
