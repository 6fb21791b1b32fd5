package io.lensmill.cli.fits;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.lensmill.imaging.fitting.FitStatus;
import io.lensmill.imaging.fitting.LensFit;
import io.lensmill.imaging.fitting.LensParameter;
import io.lensmill.imaging.fitting.PixelNoise;
import io.lensmill.imaging.simulation.LensClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Standard deviations, in pixels, of the blurs that {@link #residualStrength} is told at. */
    public static final List<Integer> BLUR_PIXELS = List.of(0, 1, 2, 4);

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

    /** Whether what is left tells of the image and not of a search that went wrong. */
    @JsonIgnore
    public boolean lensFound() {
        return (status == FitStatus.OK || status == FitStatus.POOR) && !residualStrength.isEmpty();
    }

    /** The class whose name the innermost folder of the image's path has that has one; empty when none has. */
    @JsonIgnore
    public Optional<LensClass> lensClass() {
        String[] folders = image.split("/", -1);
        for (int i = folders.length - 2; i >= 0; i--) {
            Optional<LensClass> named = LensClass.of(folders[i]);
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }
}
