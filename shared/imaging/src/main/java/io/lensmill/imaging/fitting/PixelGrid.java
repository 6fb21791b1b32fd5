package io.lensmill.imaging.fitting;

import io.lensmill.imaging.FloatImage;

/**
 * A square of pixels, some of which may be missing.
 *
 * @param size side in pixels
 * @param values [size, size] row by row; 0 where missing
 * @param counts how many pixels of the image each is the mean of; 0 where missing
 */
record PixelGrid(int size, double[] values, double[] counts) {

    /** Of a square image; NaN is missing. */
    static PixelGrid of(FloatImage square) {
        double[] values = new double[square.pixels().length];
        double[] counts = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            float pixel = square.pixels()[i];
            counts[i] = Float.isNaN(pixel) ? 0 : 1;
            values[i] = Float.isNaN(pixel) ? 0 : pixel;
        }
        return new PixelGrid(square.width(), values, counts);
    }

    /** Means over squares; pixels that fill no whole square are left out at both edges alike. */
    PixelGrid binned(int factor) {
        int side = size / factor;
        int margin = (size - side * factor) / 2;
        double[] sums = new double[side * side];
        double[] present = new double[side * side];
        for (int row = 0; row < side * factor; row++) {
            for (int column = 0; column < side * factor; column++) {
                int from = (row + margin) * size + column + margin;
                int to = row / factor * side + column / factor;
                sums[to] += values[from] * counts[from];
                present[to] += counts[from];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= Math.max(1, present[i]);
        }
        return new PixelGrid(side, sums, present);
    }

    boolean has(int pixel) {
        return counts[pixel] > 0;
    }

    /** Number of pixels that are there. */
    int present() {
        int present = 0;
        for (double count : counts) {
            present += count > 0 ? 1 : 0;
        }
        return present;
    }

    /** Whether no pixel differs from another. */
    boolean even() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            if (has(i)) {
                low = Math.min(low, values[i]);
                high = Math.max(high, values[i]);
            }
        }
        return !(high > low);
    }

    /** 1 / standard deviation of each pixel that is expected to have these values; 0 where missing. */
    double[] weights(double[] expected, PixelNoise noise, double floor) {
        double[] weights = new double[values.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = has(i) ? 1 / Math.sqrt(noise.variance(expected[i]) / counts[i] + floor * floor) : 0;
        }
        return weights;
    }
}
