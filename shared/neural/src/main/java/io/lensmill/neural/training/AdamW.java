package io.lensmill.neural.training;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2) as {@code torch.optim.AdamW}.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay decoupled decay, multiplied with the learning rate
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay) implements Optimiser {

    /** PyTorch's default moments. */
    public static AdamW withDecay(double weightDecay) {
        return new AdamW(0.9, 0.999, 1e-8, weightDecay);
    }

    @Override
    public int stateArrays() {
        return 2;
    }

    @Override
    public void update(long step, double learningRate, float[] weights, float[] gradients, float[][] state, int count) {
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        float rate = (float) (learningRate / (1 - Math.pow(beta1, (double) step)));
        float rootCorrection = (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) step)));
        float shrink = (float) (1 - learningRate * weightDecay);
        float floor = (float) epsilon;
        float[] first = state[0];
        float[] second = state[1];
        for (int i = 0; i < count; i++) {
            float g = gradients[i];
            float m = b1 * first[i] + (1f - b1) * g;
            float v = b2 * second[i] + (1f - b2) * g * g;
            first[i] = m;
            second[i] = v;
            weights[i] = weights[i] * shrink - rate * m / ((float) Math.sqrt(v) * rootCorrection + floor);
        }
    }
}
