package io.lensmill.imaging.simulation;

/**
 * Values a parameter takes, each equally likely.
 *
 * @param low smallest value
 * @param high largest value; equal to low for a parameter that does not vary
 */
public record Range(double low, double high) {

    /** @throws IllegalArgumentException when low exceeds high or one is not finite */
    public Range {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
            throw new IllegalArgumentException("A range needs finite low <= high; got " + low + " to " + high);
        }
    }

    public static Range of(double low, double high) {
        return new Range(low, high);
    }

    public static Range fixed(double value) {
        return new Range(value, value);
    }

    /** Always takes one number from the stream, so that fixing a parameter changes no other. */
    double draw(LensRandom random) {
        return low + (high - low) * random.uniform();
    }
}
