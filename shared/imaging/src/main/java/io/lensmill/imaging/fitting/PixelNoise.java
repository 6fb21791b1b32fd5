package io.lensmill.imaging.fitting;

import java.util.Arrays;

/**
 * Noise of an image's pixels: variance = constant + perIntensity · intensity. Photon counts on any scale have it, and
 * so has even background noise (perIntensity 0).
 *
 * @param constant variance where there is no light, in squared pixel values
 * @param perIntensity variance per pixel value; 0 or more
 */
public record PixelNoise(double constant, double perIntensity) {

    private static final double[] FILTER = {1, -4, 6, -4, 1};

    /** Sum of the squares of the filter's 25 weights. */
    private static final double GAIN = 70.0 * 70.0;

    private static final int ROUNDS = 12;

    /** A deviation so far out is a cosmic ray or a star. */
    private static final double CLIP = 36;

    /**
     * Read from the image alone: fourth differences in both directions are 0 for anything smooth on the scale of the
     * point spread function, and keep 1/70 of their size as noise. Their squares are fitted against the local
     * brightness by the likelihood of normal deviates.
     *
     * @param pixels with a side of at least 16
     */
    static PixelNoise of(PixelGrid pixels) {
        int size = pixels.size();
        int inner = size - 4;
        double[] squares = new double[inner * inner];
        double[] levels = new double[inner * inner];
        int count = 0;
        for (int row = 0; row < inner; row++) {
            for (int column = 0; column < inner; column++) {
                double difference = 0;
                double level = 0;
                boolean whole = true;
                for (int i = 0; i < 5; i++) {
                    for (int j = 0; j < 5; j++) {
                        int at = (row + i) * size + column + j;
                        double weight = FILTER[i] * FILTER[j];
                        difference += weight * pixels.values()[at];
                        // Each pixel's variance counts by the square of its weight.
                        level += weight * weight * pixels.values()[at];
                        whole &= pixels.has(at);
                    }
                }
                if (whole) {
                    squares[count] = difference * difference / GAIN;
                    levels[count++] = level / GAIN;
                }
            }
        }
        return regressed(Arrays.copyOf(squares, count), Arrays.copyOf(levels, count));
    }

    /** Variance of a pixel with this expected value. */
    double variance(double intensity) {
        return Math.max(constant + perIntensity * intensity, floor());
    }

    private double floor() {
        return Math.max(1e-3 * Math.abs(constant), Double.MIN_NORMAL);
    }

    private static PixelNoise regressed(double[] squares, double[] levels) {
        double mean = 0;
        for (double square : squares) {
            mean += square / squares.length;
        }
        double lowest = Double.POSITIVE_INFINITY;
        for (double level : levels) {
            lowest = Math.min(lowest, level);
        }
        PixelNoise noise = new PixelNoise(Math.max(mean, Double.MIN_NORMAL), 0);
        for (int round = 0; round < ROUNDS; round++) {
            double w = 0;
            double wx = 0;
            double wxx = 0;
            double wy = 0;
            double wxy = 0;
            for (int i = 0; i < squares.length; i++) {
                double variance = Math.max(noise.variance(levels[i]), 1e-3 * mean);
                if (squares[i] > CLIP * variance && round > 2) {
                    continue;
                }
                double weight = 1 / (variance * variance);
                w += weight;
                wx += weight * levels[i];
                wxx += weight * levels[i] * levels[i];
                wy += weight * squares[i];
                wxy += weight * levels[i] * squares[i];
            }
            double determinant = w * wxx - wx * wx;
            double slope = determinant > 1e-12 * w * wxx ? (w * wxy - wx * wy) / determinant : 0;
            slope = Math.max(0, slope);
            double constant = (wy - slope * wx) / w;
            // The faintest pixels have some noise too.
            if (constant + slope * lowest <= 0) {
                slope = Math.max(0, (wxy - lowest * wy) / (wxx - 2 * lowest * wx + lowest * lowest * w));
                constant = -slope * lowest;
            }
            noise = new PixelNoise(constant, slope);
        }
        return noise;
    }
}
