package io.lensmill.imaging.simulation;

import io.lensmill.imaging.simulation.Substructure.Subhalo;
import io.lensmill.imaging.simulation.Substructure.Vortex;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that one simulated image shows, before noise.
 *
 * @param lensClass the image's label
 * @param index number of the image within its class
 * @param einsteinRadius of the galaxy, in arcsec, without its substructure
 * @param lens ellipticity of the galaxy's mass
 * @param shear of the neighbourhood
 * @param source the galaxy behind
 * @param subhalos of class sphere, otherwise empty
 * @param vortices one for class vort, otherwise empty
 * @param exposureSeconds of the camera
 */
public record LensParameters(
        LensClass lensClass,
        long index,
        double einsteinRadius,
        Ellipticity lens,
        Ellipticity shear,
        Source source,
        List<Subhalo> subhalos,
        List<Vortex> vortices,
        double exposureSeconds) {

    /**
     * The galaxy behind, an elliptical Sérsic profile.
     *
     * @param amplitude surface brightness at the half-light radius, flux per square arcsec
     * @param radius half-light radius in arcsec
     * @param index of Sérsic
     * @param ellipticity of the light
     * @param x centre in arcsec
     * @param y centre in arcsec
     */
    public record Source(double amplitude, double radius, double index, Ellipticity ellipticity, double x, double y) {

        SersicSource profile() {
            return new SersicSource(amplitude, radius, index, ellipticity.first(), ellipticity.second(), x, y);
        }
    }

    List<Deflector> deflectors() {
        List<Deflector> masses = new ArrayList<>();
        masses.add(new SingularIsothermalEllipsoid(einsteinRadius, lens.first(), lens.second(), 0, 0));
        masses.add(new ExternalShear(shear.first(), shear.second()));
        subhalos.forEach(subhalo -> masses.add(subhalo.deflector()));
        vortices.forEach(vortex -> masses.addAll(vortex.points()));
        return masses;
    }
}
