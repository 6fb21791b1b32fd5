package io.lensmill.metrics.classification;

/**
 * Bins of a probability, fine where classifiers are sure of themselves: the logit ln(p / (1 - p)) as a float32, of its
 * order-preserving integer form the upper 16 bits. A bin spans 1/128 of the logit's power of two, so at most 0.8 % of
 * the logit, from 0 and 1 (infinite logits) to one half.
 */
public final class LogitBins {

    private static final int KEPT_BITS = 16;

    private LogitBins() {}

    /**
     * Monotone in the probability.
     *
     * @param probability in [0, 1]
     * @return 0 to 65535
     */
    public static int of(float probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("A probability must be in [0, 1]; got " + probability + ".");
        }
        double p = probability;
        // Adding zero turns -0 into +0, which would be another bin.
        float logit = (float) (Math.log(p) - Math.log1p(-p)) + 0f;
        int bits = Float.floatToIntBits(logit);
        int ordered = bits ^ ((bits >> 31) | Integer.MIN_VALUE);
        return ordered >>> (Integer.SIZE - KEPT_BITS);
    }
}
