package io.lensmill.imaging.fitting;

import java.util.Arrays;

/**
 * A Gaussian sampled at pixel centres, cut off at three standard deviations and normalised, as the simulator's; and its
 * derivative by the standard deviation. Beyond the edge an image goes on with its edge pixels.
 */
final class GaussianBlur {

    private final int size;
    private final double[] kernel;
    private final double[] derivative;
    private final double[] rows;

    /**
     * @param size side of the images in pixels
     * @param sigma standard deviation in pixels, above 0
     */
    GaussianBlur(int size, double sigma) {
        this.size = size;
        this.rows = new double[size * size];
        int reach = (int) (3 * sigma + 0.5);
        kernel = new double[2 * reach + 1];
        derivative = new double[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            kernel[i + reach] = Math.exp(-0.5 * i * i / (sigma * sigma));
            sum += kernel[i + reach];
        }
        double meanSquare = 0;
        for (int i = -reach; i <= reach; i++) {
            kernel[i + reach] /= sum;
            meanSquare += kernel[i + reach] * i * i;
        }
        for (int i = -reach; i <= reach; i++) {
            derivative[i + reach] = kernel[i + reach] * (i * i - meanSquare) / (sigma * sigma * sigma);
        }
    }

    /** Blurs an image in place. */
    void blur(double[] image) {
        across(image, rows, kernel);
        Arrays.fill(image, 0);
        down(rows, image, kernel);
    }

    /** The derivative of the blurred image by the standard deviation in pixels. */
    double[] derivative(double[] image) {
        double[] result = new double[image.length];
        across(image, rows, kernel);
        down(rows, result, derivative);
        across(image, rows, derivative);
        down(rows, result, kernel);
        return result;
    }

    /** Variance that white noise of variance 1 has when it is blurred. */
    double noiseGain() {
        double squares = 0;
        for (double weight : kernel) {
            squares += weight * weight;
        }
        return squares * squares;
    }

    private void across(double[] from, double[] to, double[] weights) {
        int reach = weights.length / 2;
        double[] padded = new double[size + 2 * reach];
        double[] row = new double[size];
        for (int y = 0; y < size; y++) {
            int at = y * size;
            System.arraycopy(from, at, padded, reach, size);
            Arrays.fill(padded, 0, reach, from[at]);
            Arrays.fill(padded, size + reach, padded.length, from[at + size - 1]);
            Arrays.fill(row, 0);
            for (int k = 0; k < weights.length; k++) {
                double weight = weights[k];
                for (int x = 0; x < size; x++) {
                    row[x] += weight * padded[x + k];
                }
            }
            System.arraycopy(row, 0, to, at, size);
        }
    }

    /** Adds to what stands in the target. */
    private void down(double[] from, double[] to, double[] weights) {
        int reach = weights.length / 2;
        for (int y = 0; y < size; y++) {
            int target = y * size;
            for (int k = 0; k < weights.length; k++) {
                double weight = weights[k];
                int source = Math.min(size - 1, Math.max(0, y + k - reach)) * size;
                for (int x = 0; x < size; x++) {
                    to[target + x] += weight * from[source + x];
                }
            }
        }
    }
}
