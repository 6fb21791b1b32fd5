package io.lensmill.imaging.simulation;

/**
 * Elliptical Sérsic source (Sérsic 1963): I = A exp(-b_n ((R / R_e)^(1/n) - 1)) with b_n = 1.9992 n - 0.3271
 * (Capaccioli 1989), lenstronomy's SERSIC_ELLIPSE: R is measured in coordinates stretched so that the product of the
 * axes is kept.
 *
 * @param amplitude surface brightness at the half-light radius, flux per square arcsec
 * @param radius half-light radius R_e in arcsec
 * @param index n, 0.5 to 8
 * @param e1 ellipticity along the axes
 * @param e2 ellipticity along the diagonals
 * @param centreX in arcsec
 * @param centreY in arcsec
 */
record SersicSource(
        double amplitude, double radius, double index, double e1, double e2, double centreX, double centreY) {

    /** lenstronomy's smoothing of the cusp, in arcsec. */
    private static final double CORE = 1e-5;

    /** Surface brightness along a row of positions in the source plane. */
    void brightness(double[] x, double[] y, double[] target) {
        double norm = 1 / StrictMath.sqrt(Math.abs(1 - e1 * e1 - e2 * e2));
        double b = Math.max(1e-5, 1.9992 * index - 0.3271);
        for (int i = 0; i < x.length; i++) {
            double dx = x[i] - centreX;
            double dy = y[i] - centreY;
            double along = ((1 - e1) * dx - e2 * dy) * norm;
            double across = ((1 + e1) * dy - e2 * dx) * norm;
            double r = Math.max(CORE, StrictMath.sqrt(along * along + across * across)) / radius;
            double power = index == 1 ? r : StrictMath.exp(StrictMath.log(r) / index);
            target[i] = amplitude * StrictMath.exp(-b * (power - 1));
        }
    }
}
