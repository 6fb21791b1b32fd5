package io.lensmill.imaging.simulation;

import io.lensmill.imaging.FloatImage;

/**
 * What one lens image looks like, in numbers: those that the public challenge images were measured by.
 *
 * @param backgroundMean of the four corner squares of a tenth of the side
 * @param backgroundDeviation standard deviation of the same pixels
 * @param profile mean of the pixels whose distance from the light centroid, cut off to a whole number, is the index; up
 *     to half the side
 * @param ringRadius distance of the profile's largest value, in pixels
 * @param ringWidth number of the profile's values from half the largest on, in pixels
 * @param axisRatio square root of the ratio of the second moments of the light above the background, minor by major
 * @param highPass standard deviation of the image minus the image blurred by a Gaussian of sigma 2 pixels
 */
record LensLook(
        double backgroundMean,
        double backgroundDeviation,
        double[] profile,
        double ringRadius,
        double ringWidth,
        double axisRatio,
        double highPass) {

    private static final double FWHM_OF_TWO_PIXELS = 2 * 2 * Math.sqrt(2 * Math.log(2));

    static LensLook of(FloatImage image) {
        int size = image.width();
        double[] corners = meanAndDeviation(corners(image));
        double[] light = new double[size * size];
        for (int i = 0; i < light.length; i++) {
            light[i] = image.pixels()[i] - corners[0];
        }
        Moments moments = Moments.of(light, size);
        double[] profile = profile(image, moments);
        int peak = 0;
        for (int radius = 0; radius < profile.length; radius++) {
            peak = profile[radius] > profile[peak] ? radius : peak;
        }
        double width = 0;
        for (double value : profile) {
            width += value > profile[peak] / 2 ? 1 : 0;
        }
        return new LensLook(
                corners[0],
                corners[1],
                profile,
                peak,
                width,
                moments.axisRatio(),
                meanAndDeviation(highPass(image))[1]);
    }

    private static double[] corners(FloatImage image) {
        int size = image.width();
        int side = size / 10;
        double[] values = new double[4 * side * side];
        int next = 0;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                if ((row < side || row >= size - side) && (column < side || column >= size - side)) {
                    values[next++] = image.at(row, column);
                }
            }
        }
        return values;
    }

    private static double[] profile(FloatImage image, Moments moments) {
        int size = image.width();
        double[] sums = new double[size / 2];
        int[] counts = new int[size / 2];
        for (int i = 0; i < size * size; i++) {
            int row = i / size;
            int column = i % size;
            int radius = (int) Math.hypot(row - moments.y, column - moments.x);
            if (radius < sums.length) {
                sums[radius] += image.pixels()[i];
                counts[radius]++;
            }
        }
        for (int radius = 0; radius < sums.length; radius++) {
            sums[radius] /= Math.max(1, counts[radius]);
        }
        return sums;
    }

    private static double[] highPass(FloatImage image) {
        double[] values = doubles(image);
        double[] smooth = new GaussianPsf(FWHM_OF_TWO_PIXELS).blur(values, image.width());
        for (int i = 0; i < values.length; i++) {
            values[i] -= smooth[i];
        }
        return values;
    }

    private static double[] doubles(FloatImage image) {
        double[] values = new double[image.pixels().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = image.pixels()[i];
        }
        return values;
    }

    private static double[] meanAndDeviation(double[] values) {
        double sum = 0;
        double squares = 0;
        for (double value : values) {
            sum += value;
            squares += value * value;
        }
        double mean = sum / values.length;
        return new double[] {mean, Math.sqrt(Math.max(0, squares / values.length - mean * mean))};
    }

    /** Centroid and second central moments of light, in pixels. */
    private record Moments(double x, double y, double xx, double xy, double yy) {

        static Moments of(double[] light, int size) {
            double[] sums = new double[6];
            for (int i = 0; i < light.length; i++) {
                int x = i % size;
                int y = i / size;
                double[] powers = {1, x, y, x * x, x * y, y * y};
                for (int power = 0; power < sums.length; power++) {
                    sums[power] += powers[power] * light[i];
                }
            }
            double x = sums[1] / sums[0];
            double y = sums[2] / sums[0];
            return new Moments(x, y, sums[3] / sums[0] - x * x, sums[4] / sums[0] - x * y, sums[5] / sums[0] - y * y);
        }

        double axisRatio() {
            double mean = (xx + yy) / 2;
            double difference = Math.hypot((xx - yy) / 2, xy);
            return Math.sqrt(Math.max(0, mean - difference) / (mean + difference));
        }
    }
}
