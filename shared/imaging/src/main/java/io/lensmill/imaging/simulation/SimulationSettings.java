package io.lensmill.imaging.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * All that a family of simulated images is drawn from. Written beside every set.
 *
 * @param model name of the model it comes from
 * @param size side of the images in pixels, 8 to 1,024
 * @param fieldOfView side of the images in arcsec; it stays when the size changes
 * @param einsteinRadius of the galaxy, in arcsec; with its substructure where that is part of it
 * @param lens ellipticity of the galaxy's mass
 * @param shear of the neighbourhood
 * @param source the galaxy behind
 * @param substructure what the classes sphere and vort have
 * @param camera telescope and noise
 */
public record SimulationSettings(
        String model,
        int size,
        double fieldOfView,
        Range einsteinRadius,
        Ellipticity.Prior lens,
        Ellipticity.Prior shear,
        SourcePrior source,
        Substructure.Prior substructure,
        Camera camera) {

    /** @throws IllegalArgumentException when size or field of view is out of range */
    public SimulationSettings {
        if (size < 8 || size > 1024) {
            throw new IllegalArgumentException("size must be 8 to 1024 pixels; got " + size);
        }
        if (!(fieldOfView > 0)) {
            throw new IllegalArgumentException("fieldOfView must be above 0 arcsec; got " + fieldOfView);
        }
    }

    /**
     * The galaxy behind.
     *
     * @param amplitude surface brightness at the half-light radius, flux per square arcsec
     * @param radius half-light radius in arcsec
     * @param index of Sérsic
     * @param ellipticity of the light
     * @param offset of the centre from the lens, in arcsec, drawn for x and y each; null when it is given by distance
     * @param distance of the centre from the lens in any direction, in arcsec; otherwise null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SourcePrior(
            double amplitude, Range radius, Range index, Ellipticity.Prior ellipticity, Range offset, Range distance) {

        /** @throws IllegalArgumentException when offset and distance are both given, or neither */
        public SourcePrior {
            if ((offset == null) == (distance == null)) {
                throw new IllegalArgumentException("A source needs either offset or distance");
            }
        }

        LensParameters.Source draw(LensRandom random) {
            double drawnRadius = radius.draw(random);
            double drawnIndex = index.draw(random);
            Ellipticity shape = ellipticity.draw(random);
            double x;
            double y;
            if (distance == null) {
                x = offset.draw(random);
                y = offset.draw(random);
            } else {
                double away = distance.draw(random);
                double angle = 2 * Math.PI * random.uniform();
                x = away * StrictMath.cos(angle);
                y = away * StrictMath.sin(angle);
            }
            return new LensParameters.Source(amplitude, drawnRadius, drawnIndex, shape, x, y);
        }
    }

    /** The same lenses in images of another size: finer or coarser pixels, the same field of view. */
    public SimulationSettings withSize(int other) {
        return new SimulationSettings(
                model, other, fieldOfView, einsteinRadius, lens, shear, source, substructure, camera);
    }

    /** The same lenses with all substructure masses times this factor of the model's own masses at factor 1. */
    public SimulationSettings withSubstructure(double factor) {
        return new SimulationSettings(
                model, size, fieldOfView, einsteinRadius, lens, shear, source, substructure.withFactor(factor), camera);
    }

    /** Side of a pixel in arcsec. */
    public double pixel() {
        return fieldOfView / size;
    }
}
