package io.lensmill.imaging.simulation;

/**
 * The tidal field of what lies beside the lens: α = (γ1 x + γ2 y, γ2 x - γ1 y), lenstronomy's SHEAR.
 *
 * @param gamma1 along the axes
 * @param gamma2 along the diagonals
 */
record ExternalShear(double gamma1, double gamma2) implements Deflector {

    @Override
    public void addDeflection(double[] x, double y, double[] alphaX, double[] alphaY) {
        for (int i = 0; i < x.length; i++) {
            alphaX[i] += gamma1 * x[i] + gamma2 * y;
            alphaY[i] += gamma2 * x[i] - gamma1 * y;
        }
    }
}
