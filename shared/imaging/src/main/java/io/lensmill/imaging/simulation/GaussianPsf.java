package io.lensmill.imaging.simulation;

/**
 * Blurring by the telescope: a Gaussian sampled at pixel centres, cut off at three standard deviations and normalised;
 * beyond the edge the image goes on with its edge pixels. lenstronomy's GAUSSIAN with truncation 3.
 */
final class GaussianPsf {

    private static final double FWHM_PER_SIGMA = 2 * StrictMath.sqrt(2 * StrictMath.log(2));

    private final double[] kernel;

    /**
     * @param fwhm full width at half maximum, in pixels; 0 for no blurring
     */
    GaussianPsf(double fwhm) {
        double sigma = fwhm / FWHM_PER_SIGMA;
        int radius = (int) (3 * sigma + 0.5);
        kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            kernel[i + radius] = radius == 0 ? 1 : StrictMath.exp(-0.5 * i * i / (sigma * sigma));
            sum += kernel[i + radius];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
    }

    /** The blurred image, [size, size] row by row. */
    double[] blur(double[] image, int size) {
        double[] rows = new double[image.length];
        double[] both = new double[image.length];
        along(image, rows, size, 1, size);
        along(rows, both, size, size, 1);
        return both;
    }

    private void along(double[] from, double[] to, int size, int step, int stride) {
        int radius = kernel.length / 2;
        for (int line = 0; line < size; line++) {
            for (int place = 0; place < size; place++) {
                double sum = 0;
                for (int i = 0; i < kernel.length; i++) {
                    int at = Math.min(size - 1, Math.max(0, place + i - radius));
                    sum += kernel[i] * from[line * stride + at * step];
                }
                to[line * stride + place * step] = sum;
            }
        }
    }
}
