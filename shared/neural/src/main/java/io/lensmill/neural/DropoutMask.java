package io.lensmill.neural;

/** Masks of {@link Operation.Dropout}, the same for every executor: they follow from the step's seed and the node. */
public final class DropoutMask {

    private DropoutMask() {}

    /**
     * @param rate probability of a zero
     * @param length number of values, in the order [n, height, width, channels]
     * @param stepSeed seed of the training step
     * @param position index of the node in the network's definition
     * @return zeros, and 1 / (1 - rate) where a value is kept
     */
    public static float[] draw(double rate, int length, long stepSeed, int position) {
        CounterRandom random = new CounterRandom(stepSeed * 31 + position);
        float kept = (float) (1 / (1 - rate));
        float[] mask = new float[length];
        for (int i = 0; i < length; i++) {
            mask[i] = random.nextDouble() < rate ? 0f : kept;
        }
        return mask;
    }
}
