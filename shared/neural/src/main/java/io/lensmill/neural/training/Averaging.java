package io.lensmill.neural.training;

/**
 * Exponential moving average of the weights, as the ema_pytorch package does it: up to updateAfterStep the average is
 * the weights themselves; then every updateEvery steps average = d average + (1 - d) weights, where d warms up as 1 -
 * (1 + k)^(-2/3) for the k-th such step, and never exceeds the decay.
 *
 * @param decay largest weight of the past, 0 to below 1
 * @param updateAfterStep steps before averaging begins
 * @param updateEvery steps between updates, at least 1
 */
public record Averaging(double decay, long updateAfterStep, int updateEvery) {

    private static final double WARM_UP_POWER = 2.0 / 3;

    public Averaging {
        if (decay < 0 || decay >= 1) {
            throw new IllegalArgumentException("decay must be in [0, 1); got " + decay);
        }
        if (updateEvery < 1) {
            throw new IllegalArgumentException("updateEvery must be at least 1; got " + updateEvery);
        }
    }

    /** Weight of the past at this step; 0 before averaging has begun, so that the average equals the weights. */
    double decayAt(long step) {
        double since = step - updateAfterStep - 1;
        return since <= 0 ? 0 : Math.min(decay, 1 - Math.pow(1 + since, -WARM_UP_POWER));
    }

    boolean isDue(long step) {
        return step % updateEvery == 0 || step <= updateAfterStep;
    }
}
