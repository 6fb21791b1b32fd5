package io.lensmill.imaging.simulation;

/**
 * The telescope and its camera.
 *
 * @param psfFwhm full width at half maximum of the Gaussian blur, in arcsec
 * @param supersampling rays per pixel and direction
 * @param noise how an exposure is read out
 * @param sky even brightness of the sky, flux per second and square arcsec; its photons are counted with the source's
 * @param backgroundRms standard deviation of the background per pixel, in flux per second
 * @param logExposure decimal logarithm of the exposure in seconds
 */
public record Camera(
        double psfFwhm, int supersampling, Noise noise, double sky, double backgroundRms, Range logExposure) {

    /** How light becomes pixel values. */
    public enum Noise {
        /** No noise; pixels are scaled to [0,1]. */
        NONE,
        /** Photon counts of the whole exposure plus background, in flux per second. */
        PHOTONS,
        /** As {@link #PHOTONS}, then scaled to [0,1] by the image's own extremes, as the public challenge sets are. */
        PHOTONS_UNIT,
        /**
         * DeepLenseSim's Model I: Gaussian photon noise and background are added, the sum is multiplied by the exposure
         * and drawn again as Poisson counts.
         */
        DEEPLENSE_COUNTS
    }

    /** Pixel values of an exposure of this flux per second, of pixels with this area in square arcsec. */
    double[] expose(double[] flux, double pixelArea, double seconds, LensRandom random) {
        return switch (noise) {
            case NONE -> unit(flux);
            case PHOTONS -> photons(flux, sky * pixelArea, seconds, random);
            case PHOTONS_UNIT -> unit(photons(flux, sky * pixelArea, seconds, random));
            case DEEPLENSE_COUNTS -> counts(flux, seconds, random);
        };
    }

    private double[] photons(double[] flux, double skyFlux, double seconds, LensRandom random) {
        double[] values = new double[flux.length];
        for (int i = 0; i < flux.length; i++) {
            values[i] = random.poisson((flux[i] + skyFlux) * seconds) / seconds + backgroundRms * random.gaussian();
        }
        return values;
    }

    private double[] counts(double[] flux, double seconds, LensRandom random) {
        double[] values = new double[flux.length];
        for (int i = 0; i < flux.length; i++) {
            // Photon noise and background are independent and normal: one draw of their common width.
            double width = StrictMath.sqrt(Math.abs(flux[i]) / seconds + backgroundRms * backgroundRms);
            values[i] = random.poisson(seconds * (flux[i] + width * random.gaussian()));
        }
        return values;
    }

    private static double[] unit(double[] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        double[] unit = new double[values.length];
        for (int i = 0; i < values.length && max > min; i++) {
            unit[i] = (values[i] - min) / (max - min);
        }
        return unit;
    }
}
