package io.lensmill.neural.training;

/** Settings of a rule that turns gradients into steps. */
public sealed interface Optimiser permits Sgd, AdamW {

    /** Values of state kept per parameter. */
    int stateArrays();

    /**
     * Moves some parameters one step.
     *
     * @param step number of this step, from 1
     * @param learningRate step size
     * @param weights weights, moved in place
     * @param gradients gradients, already clipped; may be overwritten
     * @param state {@link #stateArrays} arrays of state, zero before step 1, moved in place
     * @param count values to move, from index 0
     */
    void update(long step, double learningRate, float[] weights, float[] gradients, float[][] state, int count);
}
