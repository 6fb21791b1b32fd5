package io.lensmill.imaging.simulation;

/** A mass that bends light. Angles in arcsec, x along the columns, y along the rows of an image. */
interface Deflector {

    /**
     * Adds this mass's deflection along one image row.
     *
     * @param x positions of the rays
     * @param y the row's position
     * @param alphaX deflections along x, added to
     * @param alphaY deflections along y, added to
     */
    void addDeflection(double[] x, double y, double[] alphaX, double[] alphaY);
}
