package io.lensmill.classifier.training;

import io.lensmill.classifier.scoring.Score;
import io.lensmill.metrics.classification.CalibrationAccumulator;
import io.lensmill.metrics.classification.ExactRocAccumulator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well scores agree with the labels.
 *
 * @param loss mean of -log(probability of the true class), in nats
 * @param accuracy share of images whose predicted class is the label, in [0, 1]
 * @param calibrationError expected calibration error, in [0, 1]; see {@link CalibrationAccumulator}
 * @param auc per class the area under the ROC curve, one class against the rest; NaN for a class without images
 */
public record Evaluation(double loss, double accuracy, double calibrationError, List<Double> auc) {

    /** Keeps the logarithm of a probability that float32 has rounded to 0 finite. */
    private static final double LEAST_PROBABILITY = 1e-12;

    public Evaluation {
        auc = List.copyOf(auc);
    }

    /**
     * @param scores one per image, at least one
     * @param labels true class indexes
     */
    static Evaluation of(List<Score> scores, int[] labels) {
        double loss = 0;
        int correct = 0;
        CalibrationAccumulator calibration = new CalibrationAccumulator();
        for (int i = 0; i < labels.length; i++) {
            Score score = scores.get(i);
            boolean right = score.predicted() == labels[i];
            loss -= Math.log(Math.max(LEAST_PROBABILITY, score.probabilities()[labels[i]]));
            correct += right ? 1 : 0;
            calibration.add(score.probabilities()[score.predicted()], right);
        }
        int classes = scores.get(0).probabilities().length;
        Double[] auc = new Double[classes];
        Arrays.setAll(auc, c -> oneAgainstRest(scores, labels, c));
        return new Evaluation(
                loss / labels.length, (double) correct / labels.length, calibration.expectedError(), List.of(auc));
    }

    private static double oneAgainstRest(List<Score> scores, int[] labels, int c) {
        ExactRocAccumulator roc = new ExactRocAccumulator();
        for (int i = 0; i < labels.length; i++) {
            roc.add(scores.get(i).probabilities()[c], labels[i] == c);
        }
        return roc.hasBothKinds() ? roc.area() : Double.NaN;
    }

    /** Unweighted mean of the areas that are known; NaN when none is. */
    public double aucMacro() {
        return auc.stream()
                .mapToDouble(Double::doubleValue)
                .filter(area -> !Double.isNaN(area))
                .average()
                .orElse(Double.NaN);
    }

    /** Whether this is the better of two: by macro AUC, on a tie by loss. */
    boolean betterThan(Evaluation other) {
        int byAuc = Double.compare(known(aucMacro()), known(other.aucMacro()));
        return byAuc != 0 ? byAuc > 0 : loss < other.loss;
    }

    private static double known(double auc) {
        return Double.isNaN(auc) ? 0 : auc;
    }

    /** The figures by name; those that are not known are left out. */
    Map<String, Double> asMetrics(List<String> classes) {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("validationLoss", loss);
        metrics.put("validationAccuracy", accuracy);
        metrics.put("validationCalibrationError", calibrationError);
        metrics.put("validationAucMacro", aucMacro());
        for (int c = 0; c < classes.size(); c++) {
            metrics.put("validationAuc." + classes.get(c), auc.get(c));
        }
        metrics.values().removeIf(value -> value.isNaN());
        return metrics;
    }
}
