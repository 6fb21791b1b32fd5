package io.lensmill.cli.fits;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.lensmill.imaging.fitting.FitStatus;
import io.lensmill.imaging.fitting.LensFit;
import io.lensmill.imaging.fitting.LensParameter;
import io.lensmill.imaging.fitting.PixelNoise;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of {@code fits.jsonl}.
 *
 * @param version of this form
 * @param image the file's path below the folder that was named
 * @param status whether the fit is to be trusted
 * @param remarks why not: a sentence for each reason; empty when it is
 * @param model the galaxy, {@code sis} or {@code sie}
 * @param pixelScaleArcsec side of a pixel
 * @param sizePixels side of the fitted square
 * @param chiSquaredPerPixel 1 for noise alone; null without light
 * @param noise variance of a pixel: constant + perIntensity · value
 * @param parameters value and standard error by name; lengths in arcsec, amplitude and sky in pixel values
 * @param covariance of the parameters, in their order
 * @param residualStrength root mean square of what is left where there is light, by what a fit leaves of noise
 *     alone: as it is, and blurred by 1, 2 and 4 pixels
 */
public record FitLine(
        String version,
        String image,
        FitStatus status,
        List<String> remarks,
        String model,
        double pixelScaleArcsec,
        int sizePixels,
        Double chiSquaredPerPixel,
        PixelNoise noise,
        Map<String, Estimate> parameters,
        List<List<Double>> covariance,
        List<Double> residualStrength) {

    /** Version of lines that are written now. */
    public static final String VERSION = "lensmill-fit-1";

    /** A parameter's value with its standard error. */
    public record Estimate(double value, double error) {}

    /** The line of a fit. */
    public static FitLine of(String image, LensFit fit) {
        Map<String, Estimate> parameters = new LinkedHashMap<>();
        if (!fit.values().isEmpty()) {
            for (LensParameter parameter : fit.parameters()) {
                parameters.put(parameter.id(), new Estimate(fit.value(parameter), fit.error(parameter)));
            }
        }
        return new FitLine(
                VERSION,
                image,
                fit.status(),
                fit.remarks(),
                fit.settings().mass().toString(),
                fit.settings().pixelScaleArcsec(),
                fit.model().width(),
                Double.isNaN(fit.chiSquaredPerPixel()) ? null : fit.chiSquaredPerPixel(),
                fit.noise(),
                parameters,
                fit.covariance(),
                fit.residualStrength());
    }

    /** Whether the smooth lens describes the image down to its noise. */
    @JsonIgnore
    public boolean trusted() {
        return status == FitStatus.OK;
    }
}
