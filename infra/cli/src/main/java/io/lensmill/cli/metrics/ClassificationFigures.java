package io.lensmill.cli.metrics;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.CalibrationAccumulator;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.ConfusionMatrix;
import io.lensmill.metrics.classification.ExactRocAccumulator;
import io.lensmill.metrics.classification.Interval;
import io.lensmill.metrics.classification.ReliabilityBin;
import io.lensmill.metrics.classification.RocAccumulator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * How well probabilities tell classes apart. Lists have one entry per class, in the order of the columns.
 *
 * @param auc one class against the rest, exact
 * @param aucMacro unweighted mean of auc
 * @param aucBounds what the metrics worker's bins make of the same scores
 * @param accuracy share of images whose highest probability (of equals: the first) is that of the label
 * @param confusion [true][predicted], counts
 * @param calibrationError expected calibration error
 * @param reliability bins behind calibrationError
 */
public record ClassificationFigures(
        List<Estimate> auc,
        Estimate aucMacro,
        List<Estimate> aucBounds,
        Estimate accuracy,
        List<List<Long>> confusion,
        Estimate calibrationError,
        List<ReliabilityBin> reliability) {

    private static final String EXACT = "exact";
    private static final int ENOUGH = ClassificationAccumulator.ENOUGH;

    /**
     * @param probabilities [n, k] of [0, 1]
     * @param labels [n], 0 to k - 1
     */
    public static ClassificationFigures of(DMatrixRMaj probabilities, int[] labels) {
        int classes = probabilities.numCols;
        List<ExactRocAccumulator> exact = new ArrayList<>();
        List<RocAccumulator> binned = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            exact.add(new ExactRocAccumulator());
            binned.add(new RocAccumulator());
        }
        ConfusionMatrix confusion = new ConfusionMatrix();
        CalibrationAccumulator calibration = new CalibrationAccumulator();
        for (int row = 0; row < labels.length; row++) {
            int predicted = 0;
            for (int k = 0; k < classes; k++) {
                double p = probabilities.get(row, k);
                exact.get(k).add(p, labels[row] == k);
                binned.get(k).add((float) p, labels[row] == k);
                predicted = p > probabilities.get(row, predicted) ? k : predicted;
            }
            confusion.add(String.valueOf(labels[row]), String.valueOf(predicted));
            calibration.add(probabilities.get(row, predicted), labels[row] == predicted);
        }
        return new ClassificationFigures(
                IntStream.range(0, classes).mapToObj(k -> area(k, exact.get(k))).toList(),
                macro(exact),
                IntStream.range(0, classes)
                        .mapToObj(k -> bounds(k, binned.get(k)))
                        .toList(),
                accuracy(confusion),
                counts(confusion, classes),
                calibrationError(calibration),
                calibration.bins());
    }

    private static Estimate area(int number, ExactRocAccumulator roc) {
        EstimateDraft draft = counted(EXACT, number, roc.positives(), roc.negatives());
        if (!roc.hasBothKinds()) {
            return draft.build();
        }
        Interval interval = interval(roc);
        return draft.value(roc.area())
                .interval("95 %, Hanley-McNeil inverted (Newcombe 2006, method 5)", interval.lower(), interval.upper())
                .build();
    }

    private static Estimate bounds(int number, RocAccumulator roc) {
        EstimateDraft draft = counted("binned ROC", number, roc.positives(), roc.negatives())
                .parameter("bins", "upper 16 bits of the float32 logit");
        if (!roc.hasBothKinds()) {
            return draft.build();
        }
        Interval bounds = roc.bounds();
        return draft.value(roc.area())
                .interval("all ties lost / all ties won", bounds.lower(), bounds.upper())
                .build();
    }

    private static EstimateDraft counted(String estimator, int number, long positives, long negatives) {
        EstimateDraft draft = EstimateDraft.by(estimator, positives + negatives)
                .parameter("positives", positives)
                .parameter("negatives", negatives);
        if (positives == 0 || negatives == 0) {
            String some = positives == 0 ? "No image is" : "Every image is";
            return draft.flag(EstimateStatus.ONE_CLASS, some + " of class " + number + ".");
        }
        return draft.flagIf(
                Math.min(positives, negatives) < ENOUGH,
                EstimateStatus.TOO_FEW,
                "Fewer than " + ENOUGH + " of a kind in class " + number + ": " + positives + " positives, " + negatives
                        + " negatives.");
    }

    private static Interval interval(ExactRocAccumulator roc) {
        return Interval.hanleyMcNeil(roc.area(), roc.positives(), roc.negatives());
    }

    private static Estimate macro(List<ExactRocAccumulator> curves) {
        long n = curves.get(0).positives() + curves.get(0).negatives();
        EstimateDraft draft = EstimateDraft.by(EXACT, n).parameter("classes", curves.size());
        if (!curves.stream().allMatch(ExactRocAccumulator::hasBothKinds)) {
            return draft.flag(EstimateStatus.ONE_CLASS, "Some class has no image, or all of them.")
                    .build();
        }
        return draft.value(mean(curves, ExactRocAccumulator::area))
                .interval(
                        "95 %, mean of the classes' intervals (conservative)",
                        mean(curves, roc -> interval(roc).lower()),
                        mean(curves, roc -> interval(roc).upper()))
                .flagIf(
                        curves.stream().anyMatch(roc -> Math.min(roc.positives(), roc.negatives()) < ENOUGH),
                        EstimateStatus.TOO_FEW,
                        "Some class has fewer than " + ENOUGH + " images, or fewer than that stand against it.")
                .build();
    }

    private static double mean(List<ExactRocAccumulator> curves, ToDoubleFunction<ExactRocAccumulator> figure) {
        return curves.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static Estimate accuracy(ConfusionMatrix confusion) {
        long n = confusion.total();
        Interval interval = Interval.wilson(confusion.correct(), n);
        return EstimateDraft.by(EXACT, n)
                .value((double) confusion.correct() / n)
                .interval("95 %, Wilson", interval.lower(), interval.upper())
                .flagIf(n < ENOUGH, EstimateStatus.TOO_FEW, "Fewer than " + ENOUGH + " images: " + n + ".")
                .build();
    }

    private static List<List<Long>> counts(ConfusionMatrix confusion, int classes) {
        List<String> names =
                IntStream.range(0, classes).mapToObj(String::valueOf).toList();
        return names.stream()
                .map(t -> names.stream().map(p -> confusion.count(t, p)).toList())
                .toList();
    }

    private static Estimate calibrationError(CalibrationAccumulator calibration) {
        long n = calibration.count();
        long enough = (long) ENOUGH * CalibrationAccumulator.BINS;
        return EstimateDraft.by("bins of equal width of the highest probability", n)
                .value(calibration.expectedError())
                .parameter("bins", CalibrationAccumulator.BINS)
                .parameter("ofCalibratedClassifier", calibration.floor())
                .flagIf(
                        n < enough,
                        EstimateStatus.TOO_FEW,
                        "Mostly chance below " + enough + " images, " + ENOUGH + " per bin; got " + n
                                + ": compare with the parameter ofCalibratedClassifier.")
                .build();
    }
}
