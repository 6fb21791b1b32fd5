package io.lensmill.imaging.fitting;

import java.util.ArrayList;
import java.util.List;

/** What a smooth lens leaves of an image. */
final class Residuals {

    /** In pixels: a subhalo dents an arc over one or two, a vortex tears it over four. */
    private static final double[] SCALES = {1, 2, 4};

    /** Where the model's light is at least this part of its peak. */
    private static final double LIT = 0.05;

    private Residuals() {}

    /** (image - model) / standard deviation of the noise. */
    static double[] of(double[] pixels, double[] model, PixelNoise noise) {
        double[] residual = new double[pixels.length];
        for (int i = 0; i < residual.length; i++) {
            residual[i] = (pixels[i] - model[i]) / Math.sqrt(noise.variance(model[i]));
        }
        return residual;
    }

    /**
     * Root mean square of the residuals where there is light, by what noise alone would give: as they are, and blurred
     * by each scale. A Gaussian of σ pixels leaves white noise 1 / (2 σ sqrt(π)) of its deviation.
     */
    static List<Double> strength(double[] residual, double[] model, double sky, int size) {
        double peak = 0;
        for (double value : model) {
            peak = Math.max(peak, value - sky);
        }
        List<Double> strengths = new ArrayList<>();
        strengths.add(deviation(residual, model, sky + LIT * peak));
        for (double scale : SCALES) {
            double[] blurred = residual.clone();
            new GaussianBlur(size, scale).blur(blurred);
            strengths.add(deviation(blurred, model, sky + LIT * peak) * 2 * scale * Math.sqrt(Math.PI));
        }
        return strengths;
    }

    private static double deviation(double[] residual, double[] model, double threshold) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < residual.length; i++) {
            if (model[i] >= threshold) {
                sum += residual[i] * residual[i];
                count++;
            }
        }
        return Math.sqrt(sum / Math.max(1, count));
    }
}
