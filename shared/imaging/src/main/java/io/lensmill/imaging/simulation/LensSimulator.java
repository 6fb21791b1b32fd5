package io.lensmill.imaging.simulation;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.simulation.Substructure.Subhalo;
import io.lensmill.imaging.simulation.Substructure.Vortex;
import java.util.List;

/**
 * Draws lensing images. Image k of a class depends on (settings, seed, class, k) only: not on the images before it, on
 * the number of threads, or on the machine. Safe for use by several threads.
 */
public final class LensSimulator {

    /** The streams of one image: what it shows, and the noise upon it. */
    private static final int PARAMETERS = 0;

    private static final int NOISE = 1;

    private final SimulationSettings settings;
    private final RayTracer tracer;
    private final GaussianPsf psf;

    /** The model with its own size and substructure. */
    public LensSimulator(SimulationModel model) {
        this(model.settings());
    }

    public LensSimulator(SimulationSettings settings) {
        this.settings = settings;
        this.tracer = new RayTracer(
                settings.size(), settings.pixel(), settings.camera().supersampling());
        this.psf = new GaussianPsf(settings.camera().psfFwhm() / settings.pixel());
    }

    public SimulationSettings settings() {
        return settings;
    }

    /**
     * One image, [size, size].
     *
     * @param index number of the image within its class, from 0
     */
    public FloatImage simulate(LensClass lensClass, long seed, long index) {
        LensParameters lens = parameters(lensClass, seed, index);
        double[] sharp = tracer.image(lens.deflectors(), lens.source().profile());
        LensRandom noise = new LensRandom(seed, lensClass.number(), index, NOISE);
        double[] blurred = psf.blur(sharp, settings.size());
        double pixelArea = settings.pixel() * settings.pixel();
        double[] values = settings.camera().expose(blurred, pixelArea, lens.exposureSeconds(), noise);
        float[] pixels = new float[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) values[i];
        }
        return new FloatImage(settings.size(), settings.size(), pixels);
    }

    /** What {@link #simulate} shows for the same arguments. */
    public LensParameters parameters(LensClass lensClass, long seed, long index) {
        LensRandom random = new LensRandom(seed, lensClass.number(), index, PARAMETERS);
        double radius = settings.einsteinRadius().draw(random);
        Ellipticity lens = settings.lens().draw(random);
        Ellipticity shear = settings.shear().draw(random);
        LensParameters.Source source = settings.source().draw(random);
        double seconds = StrictMath.pow(10, settings.camera().logExposure().draw(random));
        Substructure.Prior substructure = settings.substructure();
        List<Subhalo> subhalos = lensClass == LensClass.SPHERE ? substructure.drawSubhalos(random) : List.of();
        List<Vortex> vortices =
                lensClass == LensClass.VORTEX ? List.of(substructure.drawVortex(random, radius)) : List.of();
        double galaxy = substructure.galaxyRadius(radius, subhalos, vortices);
        return new LensParameters(lensClass, index, galaxy, lens, shear, source, subhalos, vortices, seconds);
    }
}
