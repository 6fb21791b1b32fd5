package io.lensmill.imaging.simulation;

/**
 * A point mass: α = θ_E² r / |r|².
 *
 * @param einsteinRadius θ_E in arcsec
 * @param x in arcsec
 * @param y in arcsec
 */
record PointMass(double einsteinRadius, double x, double y) implements Deflector {

    @Override
    public void addDeflection(double[] rayX, double rayY, double[] alphaX, double[] alphaY) {
        double strength = einsteinRadius * einsteinRadius;
        double dy = rayY - y;
        // A ray through the point itself is not bent; the floor is far below any pixel.
        double dySquare = Math.max(1e-24, dy * dy);
        for (int i = 0; i < rayX.length; i++) {
            double dx = rayX[i] - x;
            double bend = strength / (dx * dx + dySquare);
            alphaX[i] += bend * dx;
            alphaY[i] += bend * dy;
        }
    }
}
