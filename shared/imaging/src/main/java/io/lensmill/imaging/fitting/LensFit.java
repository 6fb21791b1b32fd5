package io.lensmill.imaging.fitting;

import io.lensmill.imaging.FloatImage;
import java.util.List;

/**
 * A smooth lens that was fitted to an image.
 *
 * @param settings how
 * @param status whether it is to be trusted
 * @param remarks why not: a sentence for each reason, with the number that was found; empty when it is
 * @param chiSquaredPerPixel sum of squared deviations in units of the noise, by pixels less parameters; 1 for noise
 *     alone
 * @param noise of the image, read from the image itself
 * @param values of the parameters, in the order of {@link LensParameter#of}; empty without light
 * @param covariance of the parameters [n][n], in the same order
 * @param residualStrength what is left where there is light, as a multiple of what a fit leaves of noise alone: of the
 *     residuals themselves, and blurred by Gaussians of 1, 2 and 4 pixels; empty without light
 * @param model image of the parameters, sky included; of the fitted square
 * @param residual (image - model) / standard deviation of the noise, of the fitted square
 */
public record LensFit(
        FitSettings settings,
        FitStatus status,
        List<String> remarks,
        double chiSquaredPerPixel,
        PixelNoise noise,
        List<Double> values,
        List<List<Double>> covariance,
        List<Double> residualStrength,
        FloatImage model,
        FloatImage residual) {

    public LensFit {
        remarks = List.copyOf(remarks);
        values = List.copyOf(values);
        covariance = covariance.stream().map(List::copyOf).toList();
        residualStrength = List.copyOf(residualStrength);
    }

    /** The parameters' names, in the order of the values. */
    public List<LensParameter> parameters() {
        return LensParameter.of(settings.mass());
    }

    /** Value of a parameter. */
    public double value(LensParameter parameter) {
        return values.get(parameters().indexOf(parameter));
    }

    /** Standard error of a parameter. */
    public double error(LensParameter parameter) {
        int place = parameters().indexOf(parameter);
        return Math.sqrt(covariance.get(place).get(place));
    }
}
