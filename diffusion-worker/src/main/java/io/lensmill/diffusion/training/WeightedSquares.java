package io.lensmill.diffusion.training;

import io.lensmill.neural.Loss;
import io.lensmill.neural.Tensor;
import java.util.Map;

/**
 * Mean over the images of weight times mean squared error.
 *
 * @param output name of the network's output, [n, h, w, 1]
 * @param targets what it should be, as many values
 * @param weights one per image
 */
record WeightedSquares(String output, float[] targets, double[] weights) implements Loss {

    @Override
    public Evaluation evaluate(Map<String, Tensor> outputs) {
        Tensor prediction = outputs.get(output);
        float[] answers = prediction.values();
        if (answers.length != targets.length) {
            throw new IllegalArgumentException(
                    "The output " + prediction + " has another size than its " + targets.length + " targets");
        }
        float[] gradient = new float[answers.length];
        int pixels = answers.length / weights.length;
        double sum = 0;
        for (int i = 0; i < answers.length; i++) {
            double weight = weights[i / pixels] / answers.length;
            double error = (double) answers[i] - targets[i];
            sum += weight * error * error;
            gradient[i] = (float) (2 * weight * error);
        }
        return new Evaluation(sum, Map.of(output, new Tensor(gradient, prediction.shape())));
    }
}
