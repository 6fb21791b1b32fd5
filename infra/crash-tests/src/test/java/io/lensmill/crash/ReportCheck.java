package io.lensmill.crash;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.RocAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.FrechetDistance;
import io.lensmill.metrics.realism.KernelEntropy;
import io.lensmill.metrics.realism.MedianDistance;
import io.lensmill.metrics.realism.ModeCount;
import io.lensmill.metrics.realism.MomentAccumulator;
import io.lensmill.metrics.realism.RandomFeatureAccumulator;
import io.lensmill.metrics.realism.RandomFeatures;
import io.lensmill.metrics.realism.RelativeKernelEntropy;
import java.util.List;
import java.util.Objects;

/** Holds one report against the batch recomputation of its collection. */
final class ReportCheck {

    /** Sums in another order; nothing else may differ. */
    private static final double RELATIVE = 1e-9;
    /** The square roots of eigenvalues that are rounding errors alone, about 1e-8 each. */
    private static final double SKETCHED = 1e-6;

    /** Below this, numbers that are the difference of larger ones may be off by as much as these are. */
    private static final double SMALL = 0.1;

    private static final int MOST_LINES = 40;

    private final String key;
    private final MetricReport report;
    private final BatchCollection batch;
    private final BatchCollection reference;
    private List<String> differences;

    /** @param reference null where there is none */
    ReportCheck(String key, MetricReport report, BatchCollection batch, BatchCollection reference) {
        this.key = key;
        this.report = report;
        this.batch = batch;
        this.reference = reference;
    }

    void run(List<String> into) {
        differences = into;
        same("received", report.getReceived(), batch.received());
        same("counted", report.getCounted(), batch.counted());
        same("duplicates", report.getDuplicates(), batch.repeats());
        classification(report.getClassification(), batch.classification());
        if (report.getRealism() == null) {
            same("realism", null, reference);
        } else {
            realism(report.getRealism());
        }
    }

    private void classification(ClassificationMetrics said, ClassificationAccumulator wanted) {
        if (said == null) {
            same("labelled", 0L, wanted.confusion().total());
            return;
        }
        List<String> classes = wanted.classes();
        same("classes", said.getClasses(), classes);
        same("labelled", said.getLabelled(), wanted.confusion().total());
        same("lateLabels", said.getLateLabels(), batch.lateLabels());
        same(
                "predicted",
                said.getPredicted(),
                classes.stream().map(wanted::predicted).toList());
        same(
                "confusion",
                said.getConfusion(),
                classes.stream()
                        .map(t -> classes.stream()
                                .map(p -> wanted.confusion().count(t, p))
                                .toList())
                        .toList());
        same(
                "auc",
                said.getAuc().stream().map(Estimate::getValue).toList(),
                classes.stream().map(name -> wanted.roc(name).area()).toList());
        same(
                "aucMacro",
                said.getAucMacro().getValue(),
                classes.stream()
                        .map(wanted::roc)
                        .mapToDouble(RocAccumulator::area)
                        .average()
                        .orElseThrow());
        same(
                "accuracy",
                said.getAccuracy().getValue(),
                (double) wanted.confusion().correct() / wanted.confusion().total());
    }

    private void realism(RealismMetrics said) {
        if (reference == null) {
            same("reference", said.getReference(), null);
            return;
        }
        same("referenceCount", said.getReferenceCount(), reference.counted());
        MomentAccumulator ours = batch.moments();
        MomentAccumulator theirs = reference.moments();
        near("fid", said.getFid(), FrechetDistance.between(ours, theirs), RELATIVE);
        MomentAccumulator half = reference.half(0);
        MomentAccumulator otherHalf = reference.half(1);
        double floor = FrechetDistance.scaled(
                FrechetDistance.between(half, otherHalf),
                half.count(),
                otherHalf.count(),
                batch.counted(),
                reference.counted());
        near("fidFloor", said.getFidFloor(), floor, RELATIVE);
        same(
                "kernels",
                said.getKernels().stream().map(KernelMetrics::getName).toList(),
                MetricsWorkersUnderTest.BANDWIDTHS);
        said.getKernels().forEach(this::kernel);
    }

    private void kernel(KernelMetrics said) {
        double bandwidth = said.getName().equals("auto")
                ? MedianDistance.of(reference.lowest(MetricsWorkersUnderTest.SAMPLE_ROWS))
                : Double.parseDouble(said.getName());
        String name = "kernel " + said.getName() + " ";
        near(name + "bandwidth", said.getBandwidth(), bandwidth, RELATIVE);
        near(name + "modes", said.getRkeModeCount(), modes(batch, said.getRkeModeCount(), bandwidth), RELATIVE);
        near(
                name + "modes of the reference",
                said.getRkeModeCountReference(),
                modes(reference, said.getRkeModeCountReference(), bandwidth),
                RELATIVE);
        if (isSketched(said.getRrke())) {
            near(
                    name + "rrke",
                    said.getRrke(),
                    sketch(batch, bandwidth).relativeEntropy(sketch(reference, bandwidth)),
                    SKETCHED);
        } else {
            List<EmbeddingRow> ours = batch.lowest(MetricsWorkersUnderTest.RELATIVE_ROWS);
            List<EmbeddingRow> theirs = reference.lowest(MetricsWorkersUnderTest.RELATIVE_ROWS);
            near(
                    name + "rrke",
                    said.getRrke(),
                    RelativeKernelEntropy.exact(ours, theirs, List.of(bandwidth))
                            .get(0),
                    RELATIVE);
        }
    }

    private static double modes(BatchCollection of, Estimate said, double bandwidth) {
        if (isSketched(said)) {
            return sketch(of, bandwidth).modeCount().value();
        }
        KernelEntropy pairs = KernelEntropy.of(of.lowest(MetricsWorkersUnderTest.SAMPLE_ROWS), List.of(bandwidth));
        boolean all = of.counted() <= MetricsWorkersUnderTest.SAMPLE_ROWS;
        ModeCount modes = all ? pairs.exact(0) : pairs.estimatedFor(of.counted(), 0);
        return modes.value();
    }

    private static boolean isSketched(Estimate said) {
        return said.getEstimator().equals("random Fourier features");
    }

    private static RandomFeatureAccumulator sketch(BatchCollection of, double bandwidth) {
        List<EmbeddingRow> rows = of.lowest(Integer.MAX_VALUE);
        int dimensions = rows.get(0).values().length;
        var sketch = new RandomFeatureAccumulator(new RandomFeatures(
                bandwidth, MetricsWorkersUnderTest.FREQUENCIES, MetricsWorkersUnderTest.SEED, dimensions));
        sketch.add(EmbeddingRow.matrix(rows));
        return sketch;
    }

    private void same(String what, Object said, Object wanted) {
        if (!Objects.equals(said, wanted)) {
            tell(what + " " + said + ", not " + wanted);
        }
    }

    private void near(String what, Estimate said, double wanted, double tolerance) {
        if (said.getValue() == null) {
            tell(what + " missing (" + said.getReason() + "), not " + wanted);
        } else {
            near(what + " (" + said.getEstimator() + ")", said.getValue(), wanted, tolerance);
        }
    }

    private void near(String what, double said, double wanted, double tolerance) {
        if (!(Math.abs(said - wanted) <= tolerance * Math.max(Math.abs(wanted), SMALL))) {
            tell(what + " " + said + ", not " + wanted);
        }
    }

    private void tell(String difference) {
        if (differences.size() < MOST_LINES) {
            differences.add(key + ": " + difference);
        }
    }
}
