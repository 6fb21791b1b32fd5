package io.lensmill.imaging.preprocessing;

import io.lensmill.imaging.FloatImage;
import java.util.Arrays;

/** What is left of an image when its smooth part is taken away. */
final class HighPass {

    private HighPass() {}

    /**
     * gain (r - G * r) with r = sqrt(image) and a Gaussian G, cut off at three sigma. Beyond the edge the image goes on
     * as at the edge.
     *
     * @param image pixels of 0 or more
     * @param sigma width of the Gaussian in pixels, above 0
     * @return a new image, around 0
     */
    static FloatImage ofSquareRoot(FloatImage image, double sigma, float gain) {
        int height = image.height();
        int width = image.width();
        float[] root = new float[image.pixels().length];
        for (int i = 0; i < root.length; i++) {
            root[i] = (float) Math.sqrt(image.pixels()[i]);
        }
        float[] weights = gaussian(sigma);
        float[] result = blurredDown(blurredAcross(root, height, width, weights), height, width, weights);
        for (int i = 0; i < result.length; i++) {
            result[i] = gain * (root[i] - result[i]);
        }
        return new FloatImage(height, width, result);
    }

    /** exp(-k²/2σ²) for k from -3σ to 3σ, divided by their sum. StrictMath: the same on every machine. */
    private static float[] gaussian(double sigma) {
        int reach = (int) Math.ceil(3 * sigma);
        double[] weights = new double[2 * reach + 1];
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
            weights[k + reach] = StrictMath.exp(-k * k / (2 * sigma * sigma));
            sum += weights[k + reach];
        }
        float[] normalised = new float[weights.length];
        for (int k = 0; k < weights.length; k++) {
            normalised[k] = (float) (weights[k] / sum);
        }
        return normalised;
    }

    // In both, the innermost loop runs along a row, so that the compiler does several pixels at once.

    private static float[] blurredAcross(float[] pixels, int height, int width, float[] weights) {
        int reach = weights.length / 2;
        float[] blurred = new float[pixels.length];
        float[] padded = new float[width + 2 * reach];
        float[] row = new float[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < padded.length; x++) {
                padded[x] = pixels[y * width + Math.min(width - 1, Math.max(0, x - reach))];
            }
            Arrays.fill(row, 0);
            for (int k = 0; k < weights.length; k++) {
                float weight = weights[k];
                for (int x = 0; x < width; x++) {
                    row[x] += weight * padded[x + k];
                }
            }
            System.arraycopy(row, 0, blurred, y * width, width);
        }
        return blurred;
    }

    private static float[] blurredDown(float[] pixels, int height, int width, float[] weights) {
        int reach = weights.length / 2;
        float[] blurred = new float[pixels.length];
        for (int y = 0; y < height; y++) {
            int target = y * width;
            for (int k = 0; k < weights.length; k++) {
                float weight = weights[k];
                int source = Math.min(height - 1, Math.max(0, y + k - reach)) * width;
                for (int x = 0; x < width; x++) {
                    blurred[target + x] += weight * pixels[source + x];
                }
            }
        }
        return blurred;
    }
}
