package io.lensmill.neural.training;

/**
 * Stochastic gradient descent as {@code torch.optim.SGD} (dampening 0): g += decay w; v = momentum v + g; w -= lr (g +
 * momentum v if nesterov, else v).
 *
 * @param momentum share of the velocity that is kept, 0 to below 1
 * @param nesterov whether to look ahead (Sutskever et al. 2013)
 * @param weightDecay coupled L2 coefficient, at least 0
 */
public record Sgd(double momentum, boolean nesterov, double weightDecay) implements Optimiser {

    @Override
    public int stateArrays() {
        return 1;
    }

    @Override
    public void update(long step, double learningRate, float[] weights, float[] gradients, float[][] state, int count) {
        float rate = (float) learningRate;
        float kept = (float) momentum;
        float decay = (float) weightDecay;
        float[] velocity = state[0];
        float direct = nesterov ? 1f : 0f;
        float ahead = nesterov ? kept : 1f;
        for (int i = 0; i < count; i++) {
            float g = gradients[i] + decay * weights[i];
            float v = kept * velocity[i] + g;
            velocity[i] = v;
            weights[i] -= rate * (direct * g + ahead * v);
        }
    }
}
