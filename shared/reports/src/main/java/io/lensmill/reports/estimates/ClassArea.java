package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.ExactRocAccumulator;
import io.lensmill.metrics.classification.Interval;
import io.lensmill.metrics.classification.RocAccumulator;
import java.util.Map;

/**
 * The area under the ROC curve of one class against the rest.
 *
 * @param className the class
 * @param area 0 to 1; anything while {@link #hasBothKinds} is false
 * @param positives labelled images of the class
 * @param negatives labelled images of the others
 * @param estimator how the area was computed
 * @param parameters settings of the estimator
 */
public record ClassArea(
        String className,
        double area,
        long positives,
        long negatives,
        String estimator,
        Map<String, String> parameters) {

    private static final int ENOUGH = ClassificationAccumulator.ENOUGH;
    private static final String BINNED = "binned ROC";
    private static final Map<String, String> BINS = Map.of("bins", "upper 16 bits of the float32 logit");

    /** From bins, in bounded space. */
    public static ClassArea binned(String className, RocAccumulator roc) {
        return new ClassArea(className, areaOf(roc), roc.positives(), roc.negatives(), BINNED, BINS);
    }

    private static double areaOf(RocAccumulator roc) {
        return roc.hasBothKinds() ? roc.area() : Double.NaN;
    }

    /** From all scores. */
    public static ClassArea exact(String className, ExactRocAccumulator roc) {
        double area = roc.hasBothKinds() ? roc.area() : Double.NaN;
        return new ClassArea(className, area, roc.positives(), roc.negatives(), "exact", Map.of());
    }

    /** The area with the hard bounds of what binning can have changed. */
    public static EstimateDraft bounds(String className, RocAccumulator roc) {
        ClassArea area = binned(className, roc);
        if (!area.hasBothKinds()) {
            return area.oneClass();
        }
        Interval bounds = roc.bounds();
        return area.counted()
                .value(area.area())
                .interval("all ties lost / all ties won", bounds.lower(), bounds.upper());
    }

    boolean hasBothKinds() {
        return positives > 0 && negatives > 0;
    }

    boolean isSmall() {
        return Math.min(positives, negatives) < ENOUGH;
    }

    long labelled() {
        return positives + negatives;
    }

    /** Of two kinds or more. */
    Interval interval() {
        return Interval.hanleyMcNeil(area, positives, negatives);
    }

    EstimateDraft draft() {
        if (!hasBothKinds()) {
            return oneClass();
        }
        Interval interval = interval();
        return counted()
                .value(area)
                .interval("95 %, Hanley-McNeil inverted (Newcombe 2006, method 5)", interval.lower(), interval.upper())
                .flagIf(
                        isSmall(),
                        EstimateStatus.TOO_FEW,
                        "Fewer than " + ENOUGH + " of a kind: " + positives + " positives, " + negatives
                                + " negatives.");
    }

    private EstimateDraft counted() {
        EstimateDraft draft = EstimateDraft.by(estimator, labelled())
                .parameter("positives", positives)
                .parameter("negatives", negatives);
        parameters.forEach(draft::parameter);
        return draft;
    }

    private EstimateDraft oneClass() {
        String missing = positives == 0 ? "No labelled image is" : "Every labelled image is";
        return counted().flag(EstimateStatus.ONE_CLASS, missing + " of class '" + className + "'.");
    }
}
