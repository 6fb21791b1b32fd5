package io.lensmill.imaging.simulation;

/**
 * Singular isothermal ellipsoid (Kormann, Schneider and Bartelmann 1994, eq. 27a) in lenstronomy's conventions:
 * axis ratio q = (1 - |e|) / (1 + |e|), position angle φ = arg(e1 + i e2) / 2, and κ = θ_E / (2 sqrt(q x² + y² / q)) in
 * the frame of the major axis, so that θ_E is the product-averaged radius of the critical ellipse. With f = sqrt(1 -
 * q²) and ψ = sqrt(q² x² + y²):
 *
 * <pre>
 * α_x = θ_E sqrt(q) / f · arctan(f x / ψ)      α_y = θ_E sqrt(q) / f · artanh(f y / ψ)
 * </pre>
 *
 * @param einsteinRadius θ_E in arcsec
 * @param e1 ellipticity along the axes; |e| below 1
 * @param e2 ellipticity along the diagonals
 * @param centreX in arcsec
 * @param centreY in arcsec
 */
record SingularIsothermalEllipsoid(double einsteinRadius, double e1, double e2, double centreX, double centreY)
        implements Deflector {

    /** Below this f the ellipse is a circle to double precision. */
    private static final double ROUND = 1e-7;

    @Override
    public void addDeflection(double[] x, double y, double[] alphaX, double[] alphaY) {
        double modulus = StrictMath.sqrt(e1 * e1 + e2 * e2);
        double q = (1 - modulus) / (1 + modulus);
        double f = Math.max(ROUND, StrictMath.sqrt(1 - q * q));
        double scale = einsteinRadius * StrictMath.sqrt(q) / f;
        double angle = StrictMath.atan2(e2, e1) / 2;
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        for (int i = 0; i < x.length; i++) {
            double along = cos * (x[i] - centreX) + sin * (y - centreY);
            double across = cos * (y - centreY) - sin * (x[i] - centreX);
            // The floor keeps the centre itself, where the direction is undefined, at zero deflection.
            double psi = Math.max(1e-12, StrictMath.sqrt(q * q * along * along + across * across));
            double bendAlong = scale * StrictMath.atan(f * along / psi);
            double bendAcross = scale * artanh(f * across / psi);
            alphaX[i] += cos * bendAlong - sin * bendAcross;
            alphaY[i] += sin * bendAlong + cos * bendAcross;
        }
    }

    private static double artanh(double z) {
        return 0.5 * StrictMath.log1p(2 * z / (1 - z));
    }
}
