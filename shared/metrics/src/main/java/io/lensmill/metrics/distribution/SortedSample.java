package io.lensmill.metrics.distribution;

import java.util.Arrays;

/** Numbers in their order, at least one. */
public final class SortedSample {

    private final double[] values;

    /** @throws IllegalArgumentException when there is none, or one of them is not finite */
    public SortedSample(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("A sample needs at least one value; got none");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("Values of a sample must be finite; got " + value);
            }
        }
        this.values = values.clone();
        Arrays.sort(this.values);
    }

    /** Number of values, 1 or more. */
    public int size() {
        return values.length;
    }

    /** The value of a rank, 0 for the least. */
    public double at(int rank) {
        return values[rank];
    }

    /**
     * The quantile of a share, linear between neighbours: definition 7 of Hyndman and Fan 1996, that of NumPy and R.
     *
     * @param share 0 to 1
     */
    public double quantile(double share) {
        double place = share * (values.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, values.length - 1);
        return values[below] + (place - below) * (values[above] - values[below]);
    }

    /** The quantile of one half. */
    public double median() {
        return quantile(0.5);
    }

    /** How many values are greater than a limit. */
    public int above(double limit) {
        int low = 0;
        int high = values.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] > limit) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return values.length - low;
    }
}
