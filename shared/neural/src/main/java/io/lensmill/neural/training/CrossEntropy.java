package io.lensmill.neural.training;

import io.lensmill.neural.Loss;
import io.lensmill.neural.Tensor;
import java.util.Map;

/**
 * Mean cross-entropy of softmax probabilities against class labels, with label smoothing (Szegedy et al. 2016, section
 * 7): the target puts 1 - s + s/K on the true class and s/K on each other.
 */
public final class CrossEntropy implements Loss {

    private final String output;
    private final int[] labels;
    private final double smoothing;

    /**
     * @param output name of the network output with the logits [n, classes]
     * @param labels class index of each image
     * @param smoothing s, in [0, 1)
     */
    public CrossEntropy(String output, int[] labels, double smoothing) {
        this.output = output;
        this.labels = labels.clone();
        this.smoothing = smoothing;
    }

    @Override
    public Evaluation evaluate(Map<String, Tensor> outputs) {
        Tensor logits = outputs.get(output);
        int classes = logits.shape()[1];
        float[] gradient = new float[logits.values().length];
        double total = 0;
        for (int i = 0; i < labels.length; i++) {
            double[] logProbabilities = logSoftmax(logits.values(), i * classes, classes);
            for (int k = 0; k < classes; k++) {
                double target = smoothing / classes + (k == labels[i] ? 1 - smoothing : 0);
                total -= target * logProbabilities[k];
                gradient[i * classes + k] = (float) ((Math.exp(logProbabilities[k]) - target) / labels.length);
            }
        }
        return new Evaluation(total / labels.length, Map.of(output, new Tensor(gradient, logits.shape())));
    }

    private static double[] logSoftmax(float[] logits, int start, int classes) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            largest = Math.max(largest, logits[start + k]);
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            sum += Math.exp(logits[start + k] - largest);
        }
        double[] result = new double[classes];
        for (int k = 0; k < classes; k++) {
            result[k] = logits[start + k] - largest - Math.log(sum);
        }
        return result;
    }
}
