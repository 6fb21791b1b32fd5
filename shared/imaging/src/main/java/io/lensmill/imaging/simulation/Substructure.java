package io.lensmill.imaging.simulation;

import java.util.ArrayList;
import java.util.List;

/** Dark matter below the scale of the galaxy, as point masses. */
public final class Substructure {

    private Substructure() {}

    /**
     * A clump of dark matter.
     *
     * @param mass in solar masses
     * @param x in arcsec
     * @param y in arcsec
     */
    public record Subhalo(double mass, double x, double y) {

        PointMass deflector() {
            return new PointMass(Cosmology.einsteinRadius(mass), x, y);
        }
    }

    /**
     * A straight vortex line through the lens centre, as equal point masses at equal distances from end to end.
     *
     * @param mass of the whole line, in solar masses
     * @param halfLength from the centre to either end in arcsec: the de Broglie length of the axion
     * @param angle against the x axis, in radians
     * @param elements number of point masses, at least 2
     */
    public record Vortex(double mass, double halfLength, double angle, int elements) {

        List<PointMass> points() {
            double radius = Cosmology.einsteinRadius(mass / elements);
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            List<PointMass> points = new ArrayList<>();
            for (int i = 0; i < elements; i++) {
                double place = halfLength * (2.0 * i / (elements - 1) - 1);
                points.add(new PointMass(radius, place * cos, place * sin));
            }
            return points;
        }
    }

    /**
     * What is drawn for the classes sphere and vort.
     *
     * @param factor multiplies every mass below
     * @param subhalos number of subhalos
     * @param subhaloMass in solar masses, before the factor
     * @param massSlope β of the mass function dN/dM ∝ M^β
     * @param subhaloDistance from the lens centre in arcsec; radius and angle are each drawn evenly
     * @param vortexMass in solar masses, before the factor
     * @param vortexElements point masses of the line
     * @param logAxionMass decimal logarithm of the axion mass in eV; the vortex's half length is 3e-24 eV / mass arcsec
     * @param ofGalaxy true when the masses are part of the galaxy's own, false when they add to it
     */
    public record Prior(
            double factor,
            int subhalos,
            Range subhaloMass,
            double massSlope,
            Range subhaloDistance,
            double vortexMass,
            int vortexElements,
            Range logAxionMass,
            boolean ofGalaxy) {

        /** @throws IllegalArgumentException when the factor is not positive or the numbers make no such substructure */
        public Prior {
            if (!(factor > 0) || factor > 1000) {
                throw new IllegalArgumentException(
                        "The substructure factor must be above 0, up to 1000; got " + factor);
            }
            if (subhalos < 1 || vortexElements < 2 || subhaloMass.low() <= 0 || massSlope == -1) {
                throw new IllegalArgumentException(
                        "Substructure needs subhalos >= 1, vortexElements >= 2, positive masses, massSlope other than"
                                + " -1");
            }
        }

        Prior withFactor(double other) {
            return new Prior(
                    other,
                    subhalos,
                    subhaloMass,
                    massSlope,
                    subhaloDistance,
                    vortexMass,
                    vortexElements,
                    logAxionMass,
                    ofGalaxy);
        }

        Prior withLogAxionMass(Range other) {
            return new Prior(
                    factor,
                    subhalos,
                    subhaloMass,
                    massSlope,
                    subhaloDistance,
                    vortexMass,
                    vortexElements,
                    other,
                    ofGalaxy);
        }

        Prior withMassesOfGalaxy() {
            return new Prior(
                    factor,
                    subhalos,
                    subhaloMass,
                    massSlope,
                    subhaloDistance,
                    vortexMass,
                    vortexElements,
                    logAxionMass,
                    true);
        }

        /**
         * Einstein radius of the galaxy without its substructure; the masses that are taken off leave it a quarter of
         * its own, whatever the factor.
         *
         * @param radius of galaxy and substructure together, in arcsec
         */
        double galaxyRadius(double radius, List<Subhalo> subhalos, List<Vortex> vortices) {
            if (!ofGalaxy) {
                return radius;
            }
            double mass = 0;
            for (Subhalo subhalo : subhalos) {
                mass += subhalo.mass();
            }
            for (Vortex vortex : vortices) {
                mass += vortex.mass();
            }
            double taken = Cosmology.einsteinRadius(mass);
            return StrictMath.sqrt(Math.max(radius * radius / 4, radius * radius - taken * taken));
        }

        List<Subhalo> drawSubhalos(LensRandom random) {
            List<Subhalo> drawn = new ArrayList<>();
            for (int i = 0; i < subhalos; i++) {
                double mass = factor * drawMass(random.uniform());
                double radius = subhaloDistance.draw(random);
                double angle = 2 * Math.PI * random.uniform();
                drawn.add(new Subhalo(mass, radius * StrictMath.sin(angle), radius * StrictMath.cos(angle)));
            }
            return drawn;
        }

        Vortex drawVortex(LensRandom random) {
            double axionMass = StrictMath.pow(10, logAxionMass.draw(random));
            double angle = 2 * Math.PI * random.uniform();
            return new Vortex(factor * vortexMass, 3e-24 / axionMass, angle, vortexElements);
        }

        /** Inverse of the power law's cumulative distribution. */
        private double drawMass(double uniform) {
            double power = massSlope + 1;
            double low = StrictMath.pow(subhaloMass.low(), power);
            double high = StrictMath.pow(subhaloMass.high(), power);
            return StrictMath.pow(low + (high - low) * uniform, 1 / power);
        }
    }
}
