package io.lensmill.imaging.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An ellipticity or shear: a modulus and twice a position angle.
 *
 * @param first component along the axes: modulus · cos(2φ)
 * @param second component along the diagonals: modulus · sin(2φ)
 */
public record Ellipticity(double first, double second) {

    /**
     * How it is drawn: modulus and direction, or axis ratio and direction, or both components.
     *
     * @param modulus below 1; null when another form is used
     * @param doubleAngle 2φ in radians; 0 to 2π for any direction; null with components
     * @param axisRatio q in (0,1], which gives a modulus of (1 - q) / (1 + q); otherwise null
     * @param first the component along the axes; otherwise null
     * @param second the component along the diagonals; otherwise null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Prior(Range modulus, Range doubleAngle, Range axisRatio, Range first, Range second) {

        /** @throws IllegalArgumentException when it is none of the three forms, or gives a modulus of 1 and more */
        public Prior {
            boolean components = first != null && second != null;
            boolean polar = doubleAngle != null && (modulus == null) != (axisRatio == null);
            if (components == polar || (components && (modulus != null || axisRatio != null || doubleAngle != null))) {
                throw new IllegalArgumentException("An ellipticity needs modulus and doubleAngle, or axisRatio and"
                        + " doubleAngle, or first and second");
            }
            if (axisRatio != null && !(axisRatio.low() > 0 && axisRatio.high() <= 1)) {
                throw new IllegalArgumentException("axisRatio must be above 0, at most 1; got " + axisRatio);
            }
            if (modulus != null && !(Math.max(Math.abs(modulus.low()), Math.abs(modulus.high())) < 1)) {
                throw new IllegalArgumentException("The modulus of an ellipticity must be below 1; got " + modulus);
            }
            if (components && !(Math.hypot(furthest(first), furthest(second)) < 1)) {
                throw new IllegalArgumentException("The components of an ellipticity must give a modulus below 1; got "
                        + first + " and " + second);
            }
        }

        /** A modulus in these directions. */
        static Prior of(Range modulus, Range doubleAngle) {
            return new Prior(modulus, doubleAngle, null, null, null);
        }

        /** An axis ratio in these directions. */
        static Prior ofAxisRatio(Range axisRatio, Range doubleAngle) {
            return new Prior(null, doubleAngle, axisRatio, null, null);
        }

        /** Both components. */
        public static Prior ofComponents(Range first, Range second) {
            return new Prior(null, null, null, first, second);
        }

        /** Any direction. */
        static Prior anyDirection(double lowModulus, double highModulus) {
            return of(Range.of(lowModulus, highModulus), Range.of(0, 2 * Math.PI));
        }

        static Prior fixed(double modulus, double doubleAngle) {
            return of(Range.fixed(modulus), Range.fixed(doubleAngle));
        }

        Ellipticity draw(LensRandom random) {
            if (first != null) {
                return new Ellipticity(first.draw(random), second.draw(random));
            }
            double modulus = axisRatio == null ? this.modulus.draw(random) : ofRatio(axisRatio.draw(random));
            double angle = doubleAngle.draw(random);
            return new Ellipticity(modulus * StrictMath.cos(angle), modulus * StrictMath.sin(angle));
        }

        private static double ofRatio(double axisRatio) {
            return (1 - axisRatio) / (1 + axisRatio);
        }

        private static double furthest(Range range) {
            return Math.max(Math.abs(range.low()), Math.abs(range.high()));
        }
    }
}
