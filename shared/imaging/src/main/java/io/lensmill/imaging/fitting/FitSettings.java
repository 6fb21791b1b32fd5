package io.lensmill.imaging.fitting;

/**
 * How images are fitted.
 *
 * @param mass the galaxy that bends the light
 * @param pixelScaleArcsec side of a pixel in arcsec, above 0
 * @param supersampling rays per pixel and direction, 1 to 8
 */
public record FitSettings(MassModel mass, double pixelScaleArcsec, int supersampling) {

    /** @throws IllegalArgumentException when a number is out of range */
    public FitSettings {
        if (!(pixelScaleArcsec > 0) || pixelScaleArcsec > 10) {
            throw new IllegalArgumentException("pixelScaleArcsec must be above 0, at most 10; got " + pixelScaleArcsec);
        }
        if (supersampling < 1 || supersampling > 8) {
            throw new IllegalArgumentException("supersampling must be 1 to 8; got " + supersampling);
        }
    }
}
