package io.lensmill.cli.metrics;

import io.lensmill.cli.metrics.FileRealism.Settings;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.metrics.numerics.SeededOrder;
import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.MedianDistance;
import io.lensmill.metrics.realism.ModeCount;
import io.lensmill.metrics.realism.RandomFeatureAccumulator;
import io.lensmill.metrics.realism.RandomFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** Mode counts and relative entropies of each kernel by the sketch that the metrics worker keeps of many rows. */
final class Sketches {

    static final String MODES = "rkeModeCountSketch";
    static final String RELATIVE = "rrkeSketch";
    private static final String ESTIMATOR = "random Fourier features";

    private final DMatrixRMaj real;
    private final DMatrixRMaj generated;
    private final Settings settings;
    private final Steps steps;

    /** @param real or {@code generated} may be null, not both */
    Sketches(DMatrixRMaj real, DMatrixRMaj generated, Settings settings, Steps steps) {
        this.real = real;
        this.generated = generated;
        this.settings = settings;
        this.steps = steps;
    }

    static long steps(boolean both, Settings settings) {
        return (both ? 2L : 1L) * settings.bandwidths().size();
    }

    /** Mode counts of all kernels, then relative entropies where there are two sets. */
    List<NamedEstimate> figures() {
        List<NamedEstimate> modes = new ArrayList<>();
        List<NamedEstimate> relative = new ArrayList<>();
        for (Bandwidth asked : settings.bandwidths()) {
            double bandwidth = asked.isAuto() ? median() : asked.fixed();
            if (bandwidth > 0) {
                add(modes, relative, asked.name(), bandwidth);
            }
        }
        modes.addAll(relative);
        return modes;
    }

    private void add(List<NamedEstimate> modes, List<NamedEstimate> relative, String name, double bandwidth) {
        RandomFeatureAccumulator own = generated == null ? null : sketch(generated, bandwidth);
        RandomFeatureAccumulator reference = real == null ? null : sketch(real, bandwidth);
        boolean both = own != null && reference != null;
        modes.add(named(
                MODES, "RKE sketched", name, modes(own == null ? reference : own), both ? modes(reference) : null));
        if (both) {
            relative.add(named(RELATIVE, "RRKE sketched", name, relative(own, reference), null));
        }
    }

    private static NamedEstimate named(
            String metric, String title, String bandwidth, Estimate estimate, Estimate expected) {
        return NamedEstimate.newBuilder()
                .setName(metric)
                .setLabels(Map.of("bandwidth", bandwidth))
                .setGroup(EstimateGroup.REALISM)
                .setTitle(title)
                .setExplanation("From random features, as the metrics worker does it with many images.")
                .setEstimate(estimate)
                .setExpected(expected)
                .build();
    }

    /** Of the real rows; NaN without two of them. */
    private double median() {
        return real == null || real.numRows < 2 ? Double.NaN : MedianDistance.of(SeededOrder.of(real, settings.seed()));
    }

    private RandomFeatureAccumulator sketch(DMatrixRMaj rows, double bandwidth) {
        return steps.run("RKE sketch", () -> {
            RandomFeatureAccumulator all = new RandomFeatureAccumulator(
                    new RandomFeatures(bandwidth, settings.frequencies(), settings.seed(), rows.numCols));
            all.add(rows);
            return all;
        });
    }

    private Estimate modes(RandomFeatureAccumulator sketch) {
        ModeCount modes = sketch.modeCount();
        return draft(sketch, sketch.count())
                .value(modes.value())
                .interval("95 %, jackknife over frequencies", modes.lower(), modes.upper())
                .flagIf(
                        modes.seesSingleImages(sketch.count()),
                        EstimateStatus.TOO_FEW,
                        "The kernel sees nearly every image as a mode of its own: too few images for so small a"
                                + " bandwidth.")
                .build();
    }

    private Estimate relative(RandomFeatureAccumulator own, RandomFeatureAccumulator reference) {
        double value = own.relativeEntropy(reference);
        EstimateDraft draft = draft(own, Math.min(own.count(), reference.count()));
        if (!Double.isFinite(value)) {
            return draft.flag(EstimateStatus.TOO_FEW, "The kernel sees no overlap at all: the bandwidth is too small.")
                    .build();
        }
        return draft.value(value)
                .flagIf(
                        !(own.seesWholeSpectrum() && reference.seesWholeSpectrum()),
                        EstimateStatus.TOO_FEW,
                        "Too small: so few frequencies cut off the tail of the spectrum, where the entropy lives.")
                .build();
    }

    private EstimateDraft draft(RandomFeatureAccumulator sketch, long n) {
        return EstimateDraft.by(ESTIMATOR, n)
                .parameter("bandwidth", sketch.features().bandwidth())
                .parameter("frequencies", settings.frequencies())
                .parameter("seed", settings.seed());
    }
}
