package io.lensmill.classifier.foreign;

import io.lensmill.imaging.FloatImage;

/**
 * What an image is like at each scale, whatever it shows: logarithms of mean squared differences between pixels so many
 * pixels apart (structure functions) and of second differences. Noise, sharpness and pixel scale move them, which a
 * network's embedding may hide: it was taught to see past them. Alike for all flips and quarter turns.
 */
public final class Texture {

    /** In pixels. */
    private static final int[] LAGS = {1, 2, 4, 8};

    private static final int[] SECOND_LAGS = {1, 2};

    /** Numbers of a texture. */
    public static final int SIZE = 2 + LAGS.length + SECOND_LAGS.length;

    /** Keeps the logarithm of an image of one value finite. */
    private static final double LEAST = 1e-12;

    private Texture() {}

    /**
     * @param prepared as the network takes it, larger than 8 x 8 pixels; smaller ones have the texture of one value
     * @return {@link #SIZE} finite numbers
     */
    public static float[] of(FloatImage prepared) {
        int height = prepared.height();
        int width = prepared.width();
        float[] pixels = prepared.pixels();
        float[] texture = new float[SIZE];
        double mean = mean(pixels);
        texture[0] = logarithm(meanSquare(pixels, mean));
        texture[1] = logarithm(meanDistance(pixels, mean));
        int next = 2;
        for (int lag : LAGS) {
            texture[next++] = logarithm((differences(pixels, width, height, width - lag, lag)
                            + differences(pixels, width, height - lag, width, lag * width))
                    / 2);
        }
        for (int lag : SECOND_LAGS) {
            texture[next++] = logarithm((secondDifferences(pixels, width, height, width - 2 * lag, lag)
                            + secondDifferences(pixels, width, height - 2 * lag, width, lag * width))
                    / 2);
        }
        return texture;
    }

    private static float logarithm(double value) {
        return (float) Math.log(value + LEAST);
    }

    private static double mean(float[] pixels) {
        double sum = 0;
        for (float pixel : pixels) {
            sum += pixel;
        }
        return sum / pixels.length;
    }

    private static double meanSquare(float[] pixels, double mean) {
        double sum = 0;
        for (float pixel : pixels) {
            sum += (pixel - mean) * (pixel - mean);
        }
        return sum / pixels.length;
    }

    private static double meanDistance(float[] pixels, double mean) {
        double sum = 0;
        for (float pixel : pixels) {
            sum += Math.abs(pixel - mean);
        }
        return sum / pixels.length;
    }

    /**
     * Mean squared difference between each pixel of the first rows and columns and the one that lies so much further on
     * in the array. Sums stand in a row of their own, column by column: then the machine does many at once.
     */
    private static double differences(float[] pixels, int width, int rows, int columns, int shift) {
        float[] sums = new float[Math.max(0, columns)];
        for (int row = 0; row < rows; row++) {
            int first = row * width;
            for (int column = 0; column < sums.length; column++) {
                float difference = pixels[first + column + shift] - pixels[first + column];
                sums[column] += difference * difference;
            }
        }
        return mean(sums, rows);
    }

    /** The same of the second difference: how far a pixel's two neighbours are from straddling it. */
    private static double secondDifferences(float[] pixels, int width, int rows, int columns, int shift) {
        float[] sums = new float[Math.max(0, columns)];
        for (int row = 0; row < rows; row++) {
            int first = row * width;
            for (int column = 0; column < sums.length; column++) {
                float difference = pixels[first + column + 2 * shift]
                        - 2 * pixels[first + column + shift]
                        + pixels[first + column];
                sums[column] += difference * difference;
            }
        }
        return mean(sums, rows);
    }

    /** 0 of an image that is too small for the lag. */
    private static double mean(float[] sums, int rows) {
        double sum = 0;
        for (float value : sums) {
            sum += value;
        }
        return sums.length == 0 || rows <= 0 ? 0 : sum / ((double) sums.length * rows);
    }
}
