package io.lensmill.classifier.training;

import io.lensmill.classifier.scoring.Score;
import java.util.List;

/**
 * Expected calibration error (Guo et al. 2017, equation 3): images are sorted by the probability of their predicted class
 * into fifteen bins of equal width; per bin the share of right predictions is held against the mean probability, and the
 * absolute differences are averaged with the number of images as weight. 0: of the images scored with 80 %, 80 % are
 * right. It says nothing of how well classes are told apart.
 */
final class CalibrationError {

    /** As in the paper. */
    private static final int BINS = 15;

    private CalibrationError() {}

    /**
     * @param scores one per image, at least one
     * @param labels true class indexes
     * @return in [0, 1]
     */
    static double of(List<Score> scores, int[] labels) {
        double[] probability = new double[BINS];
        int[] correct = new int[BINS];
        for (int i = 0; i < labels.length; i++) {
            Score score = scores.get(i);
            double top = score.probabilities()[score.predicted()];
            int bin = binOf(top);
            probability[bin] += top;
            correct[bin] += score.predicted() == labels[i] ? 1 : 0;
        }
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            // n times |accuracy - confidence| of the bin: the bin's own number cancels.
            sum += Math.abs(correct[bin] - probability[bin]);
        }
        return sum / labels.length;
    }

    /** Bins are open below and closed above, as in the paper. */
    private static int binOf(double probability) {
        return Math.min(BINS - 1, Math.max(0, (int) Math.ceil(probability * BINS) - 1));
    }
}
