package io.lensmill.imaging.preprocessing;

import io.lensmill.imaging.FloatImage;

/**
 * Antialiased resizing, separable, with a triangle filter: when an image shrinks, the filter is as wide as two target
 * pixels, so that every source pixel counts; when it grows, this is bilinear interpolation. Pixel centres lie at half
 * integers and edges are replicated by normalising the weights, as PIL's BILINEAR and PyTorch's antialias=True do.
 */
public final class Resampling {

    private Resampling() {}

    /** The largest centred square; of an odd margin the smaller half is cut off at the beginning. */
    public static FloatImage centreSquare(FloatImage image) {
        int side = Math.min(image.height(), image.width());
        if (image.height() == image.width()) {
            return image;
        }
        int top = (image.height() - side) / 2;
        int left = (image.width() - side) / 2;
        float[] pixels = new float[side * side];
        for (int row = 0; row < side; row++) {
            System.arraycopy(image.pixels(), (top + row) * image.width() + left, pixels, row * side, side);
        }
        return new FloatImage(side, side, pixels);
    }

    /** The image at another size; the pixels of an image that already has it are the same, bit for bit. */
    public static FloatImage resize(FloatImage image, int height, int width) {
        if (image.height() == height && image.width() == width) {
            return image;
        }
        Taps columns = Taps.between(image.width(), width);
        Taps rows = Taps.between(image.height(), height);
        double[] narrow = new double[image.height() * width];
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < width; column++) {
                narrow[row * width + column] = columns.sum(image.pixels(), row * image.width(), column);
            }
        }
        float[] pixels = new float[height * width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                pixels[row * width + column] = (float) rows.sum(narrow, column, width, row);
            }
        }
        return new FloatImage(height, width, pixels);
    }

    /**
     * Which source pixels count how much for each target pixel.
     *
     * @param first first source pixel of each target pixel
     * @param weights of the following source pixels; their sum is 1
     */
    private record Taps(int[] first, double[][] weights) {

        static Taps between(int from, int to) {
            double scale = (double) from / to;
            double support = Math.max(1, scale);
            int[] first = new int[to];
            double[][] weights = new double[to][];
            for (int target = 0; target < to; target++) {
                double centre = (target + 0.5) * scale;
                first[target] = Math.max(0, (int) (centre - support + 0.5));
                int end = Math.min(from, (int) (centre + support + 0.5));
                weights[target] = new double[end - first[target]];
                for (int i = 0; i < weights[target].length; i++) {
                    double distance = Math.abs(first[target] + i + 0.5 - centre) / support;
                    weights[target][i] = Math.max(0, 1 - distance);
                }
                normalise(weights[target]);
            }
            return new Taps(first, weights);
        }

        private static void normalise(double[] weights) {
            double sum = 0;
            for (double weight : weights) {
                sum += weight;
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] /= sum;
            }
        }

        double sum(float[] values, int offset, int target) {
            double sum = 0;
            for (int i = 0; i < weights[target].length; i++) {
                sum += weights[target][i] * values[offset + first[target] + i];
            }
            return sum;
        }

        double sum(double[] values, int offset, int stride, int target) {
            double sum = 0;
            for (int i = 0; i < weights[target].length; i++) {
                sum += weights[target][i] * values[offset + (first[target] + i) * stride];
            }
            return sum;
        }
    }
}
