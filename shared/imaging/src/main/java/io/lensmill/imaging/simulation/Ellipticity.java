package io.lensmill.imaging.simulation;

/**
 * An ellipticity or shear: a modulus and twice a position angle.
 *
 * @param first component along the axes: modulus · cos(2φ)
 * @param second component along the diagonals: modulus · sin(2φ)
 */
public record Ellipticity(double first, double second) {

    /**
     * How it is drawn.
     *
     * @param modulus below 1
     * @param doubleAngle 2φ in radians; 0 to 2π for any direction
     */
    public record Prior(Range modulus, Range doubleAngle) {

        /** Any direction. */
        static Prior anyDirection(double lowModulus, double highModulus) {
            return new Prior(Range.of(lowModulus, highModulus), Range.of(0, 2 * Math.PI));
        }

        static Prior fixed(double modulus, double doubleAngle) {
            return new Prior(Range.fixed(modulus), Range.fixed(doubleAngle));
        }

        Ellipticity draw(LensRandom random) {
            double modulus = this.modulus.draw(random);
            double angle = doubleAngle.draw(random);
            return new Ellipticity(modulus * StrictMath.cos(angle), modulus * StrictMath.sin(angle));
        }
    }
}
