package io.lensmill.cli.metrics;

import io.lensmill.cli.metrics.KernelFigures.Pair;
import io.lensmill.cli.metrics.RealismFigures.Settings;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.KernelEntropy;
import io.lensmill.metrics.realism.MedianDistance;
import io.lensmill.metrics.realism.ModeCount;
import io.lensmill.metrics.realism.RandomFeatureAccumulator;
import io.lensmill.metrics.realism.RandomFeatures;
import io.lensmill.metrics.realism.RelativeKernelEntropy;
import io.lensmill.metrics.realism.SeededOrder;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Mode counts and relative entropies of each kernel, exactly and by the sketch that the metrics worker keeps. */
final class Kernels {

    private static final String EXACT = "exact";
    private static final String SKETCH = "random Fourier features";

    private final DMatrixRMaj real;
    private final DMatrixRMaj generated;
    private final Settings settings;
    private final Steps steps;

    Kernels(DMatrixRMaj real, DMatrixRMaj generated, Settings settings, Steps steps) {
        this.real = real;
        this.generated = generated;
        this.settings = settings;
        this.steps = steps;
    }

    List<KernelFigures> figures() {
        return settings.bandwidths().stream().map(this::figures).toList();
    }

    private KernelFigures figures(Bandwidth asked) {
        double bandwidth = asked.isAuto() ? median() : asked.fixed();
        if (!(bandwidth > 0)) {
            return undecided(asked.name());
        }
        Side own = generated == null ? null : new Side(generated, bandwidth);
        Side reference = real == null ? null : new Side(real, bandwidth);
        return new KernelFigures(
                asked.name(),
                bandwidth,
                own == null ? null : own.pair(),
                reference == null ? null : reference.pair(),
                own == null || reference == null ? null : relative(own, reference));
    }

    /** Of the real rows; NaN without two of them. */
    private double median() {
        return real == null || real.numRows < 2 ? Double.NaN : MedianDistance.of(SeededOrder.of(real, settings.seed()));
    }

    private KernelFigures undecided(String name) {
        String reason = "The bandwidth 'auto' is the median distance of the real rows, and there "
                + (real == null ? "are none." : "is none above 0.");
        Estimate none = EstimateDraft.absent(EXACT, 0, EstimateStatus.NO_REFERENCE, reason)
                .build();
        Pair pair = new Pair(none, none);
        return new KernelFigures(
                name,
                Double.NaN,
                generated == null ? null : pair,
                real == null ? null : pair,
                generated == null || real == null ? null : pair);
    }

    private Pair relative(Side own, Side reference) {
        DMatrixRMaj left = drawn(generated);
        DMatrixRMaj right = drawn(real);
        double ofRows = steps.run("RRKE", () -> RelativeKernelEntropy.exact(left, right, List.of(own.bandwidth))
                .get(0));
        boolean all = left.numRows == generated.numRows && right.numRows == real.numRows;
        EstimateDraft exact = told(
                        EstimateDraft.by(all ? EXACT : "seeded reservoir", Math.min(left.numRows, right.numRows)),
                        ofRows)
                .parameter("bandwidth", own.bandwidth)
                .parameter("rows", left.numRows)
                .parameter("referenceRows", right.numRows)
                .flagIf(
                        own.seesSingleRows || reference.seesSingleRows,
                        EstimateStatus.TOO_FEW,
                        "The kernel tells nearly every row apart, so this follows the number of rows.");
        return new Pair(exact.build(), relativeOfSketches(own, reference));
    }

    private Estimate relativeOfSketches(Side own, Side reference) {
        boolean whole = own.sketch.seesWholeSpectrum() && reference.sketch.seesWholeSpectrum();
        return sketched(
                        told(
                                EstimateDraft.by(SKETCH, Math.min(generated.numRows, real.numRows)),
                                own.sketch.relativeEntropy(reference.sketch)),
                        own.bandwidth)
                .flagIf(
                        !whole,
                        EstimateStatus.TOO_FEW,
                        "Too small: so few frequencies cut off the tail of the spectrum, where the entropy lives.")
                .build();
    }

    private static EstimateDraft told(EstimateDraft draft, double value) {
        return Double.isFinite(value)
                ? draft.value(value)
                : draft.flag(EstimateStatus.TOO_FEW, "The kernel sees no overlap at all: the bandwidth is too small.");
    }

    private EstimateDraft sketched(EstimateDraft draft, double bandwidth) {
        return draft.parameter("bandwidth", bandwidth)
                .parameter("frequencies", settings.frequencies())
                .parameter("seed", settings.seed());
    }

    private DMatrixRMaj drawn(DMatrixRMaj rows) {
        return rows.numRows <= settings.relativeRows()
                ? rows
                : CommonOps_DDRM.extract(
                        SeededOrder.of(rows, settings.seed()), 0, settings.relativeRows(), 0, rows.numCols);
    }

    /** One set of rows under one bandwidth. */
    private final class Side {

        private final double bandwidth;
        private final int rows;
        private final ModeCount exact;
        private final RandomFeatureAccumulator sketch;
        private final boolean seesSingleRows;

        Side(DMatrixRMaj rows, double bandwidth) {
            this.bandwidth = bandwidth;
            this.rows = rows.numRows;
            this.exact = steps.run(
                    "RKE",
                    () -> rows.numRows < 2
                            ? null
                            : KernelEntropy.of(rows, List.of(bandwidth)).exact(0));
            this.sketch = steps.run("RKE sketch", () -> {
                RandomFeatureAccumulator all = new RandomFeatureAccumulator(
                        new RandomFeatures(bandwidth, settings.frequencies(), settings.seed(), rows.numCols));
                all.add(rows);
                return all;
            });
            this.seesSingleRows = exact == null || exact.seesSingleImages(this.rows);
        }

        Pair pair() {
            ModeCount estimated = sketch.modeCount();
            EstimateDraft exactly = EstimateDraft.by(EXACT, rows).parameter("bandwidth", bandwidth);
            if (exact != null) {
                exactly.value(exact.value());
            }
            EstimateDraft approximately = sketched(EstimateDraft.by(SKETCH, rows), bandwidth)
                    .value(estimated.value())
                    .interval("95 %, jackknife over frequencies", estimated.lower(), estimated.upper());
            return new Pair(flagged(exactly), flagged(approximately));
        }

        private Estimate flagged(EstimateDraft draft) {
            return draft.flagIf(
                            seesSingleRows,
                            EstimateStatus.TOO_FEW,
                            "The kernel sees nearly every row as a mode of its own: too few rows for so small a"
                                    + " bandwidth.")
                    .build();
        }
    }
}
