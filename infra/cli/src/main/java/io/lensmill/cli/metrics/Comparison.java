package io.lensmill.cli.metrics;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.Interval;
import io.lensmill.metrics.realism.FrechetDistance;
import io.lensmill.metrics.realism.FrechetExtrapolation;
import io.lensmill.metrics.realism.FrechetExtrapolation.Effort;
import io.lensmill.metrics.realism.KernelInceptionDistance;
import io.lensmill.metrics.realism.Memorisation;
import io.lensmill.metrics.realism.MomentAccumulator;
import io.lensmill.metrics.realism.SeededOrder;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Generated against real embeddings, in numbers that need no kernel bandwidth. */
final class Comparison {

    private static final String GAUSSIAN = "Gaussian moments, symmetric eigen-solver";
    /** Halvings of the real rows behind the floor: their mean moves less than one of them. */
    private static final int HALVINGS = 5;

    private final DMatrixRMaj real;
    private final DMatrixRMaj generated;
    private final long seed;
    private final Steps steps;
    private final long smaller;
    /** Null before it is asked for. */
    private FrechetExtrapolation extrapolation;

    Comparison(DMatrixRMaj real, DMatrixRMaj generated, long seed, Steps steps) {
        this.real = real;
        this.generated = generated;
        this.seed = seed;
        this.steps = steps;
        this.smaller = Math.min(real.numRows, generated.numRows);
    }

    static long steps() {
        return 4L + Effort.THOROUGH.distances();
    }

    Estimate fid() {
        if (smaller < 2) {
            return tooFew(GAUSSIAN, "FID", 2);
        }
        double value = steps.run("FID", () -> FrechetDistance.between(moments(generated), moments(real)));
        EstimateDraft draft = sized(EstimateDraft.by(GAUSSIAN, smaller).value(value));
        extrapolation().ifPresent(found -> {
            Interval interval = found.distanceInterval(value, 1);
            draft.interval(found.intervalKind(), interval.lower(), interval.upper())
                    .parameter("standardError", found.distanceError());
        });
        return flagged(draft, smaller).build();
    }

    /** Between halves of the real rows, scaled to the sizes at hand: to first order the bias goes as 1/n + 1/m. */
    Estimate fidFloor() {
        String estimator = GAUSSIAN + ", halves of the real rows";
        if (real.numRows < 4) {
            return tooFew(estimator, "The floor of FID", 4);
        }
        double inFileOrder = distanceOfHalves(real);
        double[] distances = steps.run("FID floor", () -> LongStream.range(0, HALVINGS)
                .mapToDouble(i -> distanceOfHalves(SeededOrder.of(real, seed + i)))
                .toArray());
        double mean = DoubleStream.of(distances).average().orElseThrow();
        EstimateDraft draft = EstimateDraft.by(estimator, real.numRows / 2)
                .value(scaled(mean))
                .interval(
                        "least and greatest of the halvings",
                        scaled(DoubleStream.of(distances).min().orElseThrow()),
                        scaled(DoubleStream.of(distances).max().orElseThrow()))
                .parameter("halvings", HALVINGS)
                .parameter("seed", seed)
                .parameter("distanceOfHalves", mean)
                .parameter("distanceOfHalvesInFileOrder", inFileOrder)
                .parameter("scaledTo", generated.numRows + ", " + real.numRows);
        return flagged(draft, real.numRows / 2).build();
    }

    private double scaled(double distanceOfHalves) {
        int half = real.numRows / 2;
        return FrechetDistance.scaled(distanceOfHalves, half, real.numRows - half, generated.numRows, real.numRows);
    }

    private static double distanceOfHalves(DMatrixRMaj rows) {
        int half = rows.numRows / 2;
        return FrechetDistance.between(
                moments(CommonOps_DDRM.extract(rows, 0, half, 0, rows.numCols)),
                moments(CommonOps_DDRM.extract(rows, half, rows.numRows, 0, rows.numCols)));
    }

    private Optional<FrechetExtrapolation> extrapolation() {
        if (extrapolation == null && smaller >= Effort.THOROUGH.leastRows()) {
            extrapolation = FrechetExtrapolation.of(
                    generated, real, seed, Effort.THOROUGH, () -> steps.finished("FID at infinite size"));
        }
        return Optional.ofNullable(extrapolation);
    }

    Estimate fidInfinity() {
        String estimator =
                "straight line over 1/n + 1/m, disjoint subsets of both sides (after Chong and Forsyth 2020)";
        Optional<FrechetExtrapolation> extrapolated = extrapolation();
        if (extrapolated.isEmpty()) {
            return tooFew(estimator, "FID at infinite size", Effort.THOROUGH.leastRows());
        }
        FrechetExtrapolation found = extrapolated.get();
        EstimateDraft draft = EstimateDraft.by(estimator, smaller)
                .value(found.value())
                .interval(found.intervalKind(), found.lower(), found.upper())
                .parameter("standardError", found.standardError())
                .parameter("slope", found.slope())
                .parameter("smallestSubset", found.smallestSubset())
                .parameter("seed", seed);
        return sized(draft)
                .flagIf(
                        found.smallestSubset() <= real.numCols,
                        EstimateStatus.RANK_DEFICIENT,
                        "The smallest subsets have " + found.smallestSubset() + " rows of " + real.numCols
                                + " dimensions: their covariance is singular, and the bias no straight line.")
                .build();
    }

    Estimate kid() {
        String estimator = "unbiased, kernel (x.y/d + 1)^3, all rows";
        if (smaller < 2) {
            return tooFew(estimator, "KID", 2);
        }
        KernelInceptionDistance found = steps.run("KID", () -> KernelInceptionDistance.between(generated, real));
        double margin = Interval.Z95 * found.standardError();
        return sized(EstimateDraft.by(estimator, smaller).value(found.value()))
                .interval("95 %, jackknife", found.value() - margin, found.value() + margin)
                .parameter("standardError", found.standardError())
                .flagIf(
                        smaller < ClassificationAccumulator.ENOUGH,
                        EstimateStatus.TOO_FEW,
                        "Fewer than " + ClassificationAccumulator.ENOUGH + " rows on a side: " + smaller + ".")
                .build();
    }

    Estimate memorisation() {
        String estimator = "share nearer to a real row than the 1st percentile of real rows among themselves";
        if (real.numRows < 2) {
            return tooFew(estimator, "The memorisation check", 2);
        }
        Memorisation found = steps.run("memorisation", () -> Memorisation.of(generated, real));
        Interval interval = Interval.wilson(found.nearer(), found.generated());
        return sized(EstimateDraft.by(estimator, found.generated()).value(found.share()))
                .interval("95 %, Wilson", interval.lower(), interval.upper())
                .parameter("nearer", found.nearer())
                .parameter("threshold", found.threshold())
                .parameter("medianOfReal", found.medianReal())
                .parameter("medianOfGenerated", found.medianGenerated())
                .parameter("closest", found.closest())
                .parameter("ofPerfectGenerator", 0.01 + 2.0 / found.training())
                .flagIf(
                        found.training() < Memorisation.ENOUGH_TRAINING,
                        EstimateStatus.TOO_FEW,
                        "A 1st percentile needs " + Memorisation.ENOUGH_TRAINING + " real rows; got " + found.training()
                                + ".")
                .flagIf(
                        found.threshold() == 0,
                        EstimateStatus.TOO_FEW,
                        "The real rows hold copies of each other, and nothing is nearer than a copy: take them out.")
                .build();
    }

    private EstimateDraft sized(EstimateDraft draft) {
        return draft.parameter("rows", generated.numRows)
                .parameter("referenceRows", real.numRows)
                .parameter("dimensions", real.numCols);
    }

    private EstimateDraft flagged(EstimateDraft draft, long rows) {
        int dimensions = real.numCols;
        if (rows <= dimensions) {
            return draft.flag(
                    EstimateStatus.RANK_DEFICIENT,
                    "The covariance is singular: " + rows + " rows of " + dimensions
                            + " dimensions; compare with the floor, and with nothing of another n.");
        }
        int enough = FrechetDistance.ENOUGH_PER_DIMENSION * dimensions;
        return draft.flagIf(
                rows < enough,
                EstimateStatus.TOO_FEW,
                "Mostly bias below " + enough + " rows of " + dimensions + " dimensions; got " + rows + ".");
    }

    private Estimate tooFew(String estimator, String what, int least) {
        return EstimateDraft.absent(
                        estimator,
                        smaller,
                        EstimateStatus.TOO_FEW,
                        what + " needs " + least + " rows; got " + smaller + ".")
                .build();
    }

    private static MomentAccumulator moments(DMatrixRMaj rows) {
        MomentAccumulator moments = new MomentAccumulator(rows.numCols);
        moments.add(rows);
        return moments;
    }
}
