package io.lensmill.imaging.fitting;

import java.util.ArrayList;
import java.util.List;

/**
 * What a smooth lens is described by, in the definitions of the simulator (lenstronomy's SIE, SHEAR and
 * SERSIC_ELLIPSE). Lengths in arcsec, x along the columns, y along the rows, from the image's centre; shear and
 * ellipticities as components.
 */
public enum LensParameter {
    /** Einstein radius of the galaxy. */
    EINSTEIN_RADIUS_ARCSEC(0, "einsteinRadiusArcsec", 0.05, 20),
    /** Centre of the galaxy along x. */
    LENS_X_ARCSEC(1, "lensXArcsec", -5, 5),
    /** Centre of the galaxy along y. */
    LENS_Y_ARCSEC(2, "lensYArcsec", -5, 5),
    /** External shear along the axes. */
    SHEAR_1(3, "shear1", -0.6, 0.6),
    /** External shear along the diagonals. */
    SHEAR_2(4, "shear2", -0.6, 0.6),
    /** Centre of the source along x. */
    SOURCE_X_ARCSEC(5, "sourceXArcsec", -5, 5),
    /** Centre of the source along y. */
    SOURCE_Y_ARCSEC(6, "sourceYArcsec", -5, 5),
    /** Ellipticity of the source's light along the axes. */
    SOURCE_ELLIPTICITY_1(7, "sourceEllipticity1", -0.65, 0.65),
    /** Ellipticity of the source's light along the diagonals. */
    SOURCE_ELLIPTICITY_2(8, "sourceEllipticity2", -0.65, 0.65),
    /** Half-light radius of the source. */
    SOURCE_RADIUS_ARCSEC(9, "sourceRadiusArcsec", 0.01, 5),
    /** Sérsic index of the source. */
    SERSIC_INDEX(10, "sersicIndex", 0.3, 8),
    /** Brightness at the half-light radius, in pixel values. */
    AMPLITUDE(11, "amplitude", 0, Double.MAX_VALUE),
    /** Level of the sky, in pixel values. */
    SKY(12, "sky", -Double.MAX_VALUE, Double.MAX_VALUE),
    /** Standard deviation of the Gaussian point spread function. */
    PSF_SIGMA_ARCSEC(13, "psfSigmaArcsec", 0.001, 2),
    /** Ellipticity of the galaxy's mass along the axes; only of an ellipsoid. */
    LENS_ELLIPTICITY_1(14, "lensEllipticity1", -0.6, 0.6),
    /** Ellipticity of the galaxy's mass along the diagonals; only of an ellipsoid. */
    LENS_ELLIPTICITY_2(15, "lensEllipticity2", -0.6, 0.6);

    /** In pixels: a narrower point spread function falls between the pixels, and its width leaves no trace. */
    private static final double NARROWEST = 0.3;

    private final int place;
    private final String id;
    private final double low;
    private final double high;

    LensParameter(int place, String id, double low, double high) {
        this.place = place;
        this.id = id;
        this.low = low;
        this.high = high;
    }

    /** The name in files, with its unit. */
    public String id() {
        return id;
    }

    /** Where its value stands among those of a model that has it. */
    int place() {
        return place;
    }

    /** Smallest value that a fit considers, of pixels with this side in arcsec. */
    double low(double pixelScale) {
        return this == PSF_SIGMA_ARCSEC ? Math.max(low, NARROWEST * pixelScale) : low;
    }

    /** Largest value that a fit considers. */
    double high() {
        return high;
    }

    /** The smallest values of a model's parameters, of pixels with this side in arcsec. */
    static double[] lows(MassModel model, double pixelScale) {
        return of(model).stream()
                .mapToDouble(parameter -> parameter.low(pixelScale))
                .toArray();
    }

    /** The largest values of a model's parameters. */
    static double[] highs(MassModel model) {
        return of(model).stream().mapToDouble(LensParameter::high).toArray();
    }

    /** The parameters of a model, in the order of their places. */
    public static List<LensParameter> of(MassModel model) {
        List<LensParameter> all = new ArrayList<>(List.of(values()));
        if (model == MassModel.SIS) {
            all.remove(LENS_ELLIPTICITY_1);
            all.remove(LENS_ELLIPTICITY_2);
        }
        return List.copyOf(all);
    }
}
