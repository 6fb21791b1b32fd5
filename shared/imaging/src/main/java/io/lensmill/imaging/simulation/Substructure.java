package io.lensmill.imaging.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
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
     * A straight vortex line, as equal point masses at equal distances from end to end.
     *
     * @param mass of the whole line, in solar masses
     * @param halfLength from the centre to either end in arcsec: the de Broglie length of the axion
     * @param angle against the x axis, in radians
     * @param elements number of point masses, at least 2
     * @param centreX of the line, in arcsec
     * @param centreY of the line, in arcsec
     */
    public record Vortex(
            double mass,
            double halfLength,
            double angle,
            int elements,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) double centreX,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) double centreY) {

        List<PointMass> points() {
            double radius = Cosmology.einsteinRadius(mass / elements);
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            List<PointMass> points = new ArrayList<>();
            for (int i = 0; i < elements; i++) {
                double place = halfLength * (2.0 * i / (elements - 1) - 1);
                points.add(new PointMass(radius, centreX + place * cos, centreY + place * sin));
            }
            return points;
        }
    }

    /**
     * How a vortex line is drawn that need not go through the lens centre.
     *
     * @param massShare of the galaxy's mass within its Einstein radius
     * @param length from end to end, in arcsec
     * @param centreDeviation standard deviation of the line's centre from the lens, in arcsec along each axis
     * @param elements number of point masses, at least 2
     */
    public record LinePrior(Range massShare, Range length, double centreDeviation, int elements) {

        /** @throws IllegalArgumentException when the numbers make no line */
        public LinePrior {
            if (massShare.low() < 0 || length.low() < 0 || !(centreDeviation >= 0) || elements < 2) {
                throw new IllegalArgumentException("A vortex line needs massShare, length and centreDeviation of 0 or"
                        + " more, and elements of 2 or more");
            }
        }

        Vortex draw(LensRandom random, double galaxyMass) {
            double share = massShare.draw(random);
            double half = length.draw(random) / 2;
            double angle = 2 * Math.PI * random.uniform();
            double x = centreDeviation * random.gaussian();
            double y = centreDeviation * random.gaussian();
            return new Vortex(share * galaxyMass, half, angle, elements, x, y);
        }
    }

    /**
     * What is drawn for the classes sphere and vort.
     *
     * @param factor multiplies every mass below
     * @param subhalos number of subhalos, or the mean of that number
     * @param subhaloMass in solar masses, before the factor
     * @param massSlope β of the mass function dN/dM ∝ M^β
     * @param subhaloDistance from the lens centre in arcsec; radius and angle are each drawn evenly
     * @param vortexMass in solar masses, before the factor
     * @param vortexElements point masses of the line
     * @param logAxionMass decimal logarithm of the axion mass in eV; the vortex's half length is 3e-24 eV / mass arcsec
     * @param ofGalaxy true when the masses are part of the galaxy's own, false when they add to it
     * @param poisson true when the number of subhalos is drawn from Poisson's distribution, false when it never varies
     * @param line how a vortex is drawn instead of by vortexMass, vortexElements and logAxionMass; null: by those
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
            boolean ofGalaxy,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean poisson,
            @JsonInclude(JsonInclude.Include.NON_NULL) LinePrior line) {

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
                    ofGalaxy,
                    poisson,
                    line);
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
            double number = poisson ? random.poisson(subhalos) : subhalos;
            for (int i = 0; i < number; i++) {
                double mass = factor * drawMass(random.uniform());
                double radius = subhaloDistance.draw(random);
                double angle = 2 * Math.PI * random.uniform();
                drawn.add(new Subhalo(mass, radius * StrictMath.sin(angle), radius * StrictMath.cos(angle)));
            }
            return drawn;
        }

        /** @param galaxyRadius the galaxy's Einstein radius in arcsec */
        Vortex drawVortex(LensRandom random, double galaxyRadius) {
            if (line != null) {
                return line.draw(random, factor * Cosmology.mass(galaxyRadius));
            }
            double axionMass = StrictMath.pow(10, logAxionMass.draw(random));
            double angle = 2 * Math.PI * random.uniform();
            return new Vortex(factor * vortexMass, 3e-24 / axionMass, angle, vortexElements, 0, 0);
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
