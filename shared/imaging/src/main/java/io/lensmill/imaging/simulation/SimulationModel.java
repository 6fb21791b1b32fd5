package io.lensmill.imaging.simulation;

import io.lensmill.imaging.simulation.SimulationSettings.SourcePrior;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The families of images that can be simulated. README.md says what each is for. */
public enum SimulationModel {
    /** DeepLenseSim's Model I: 150 px of 0.05", one galaxy of 1e12 solar masses, photon counts with noise. */
    MODEL_1("model-1") {
        @Override
        public SimulationSettings settings() {
            return new SimulationSettings(
                    id(),
                    150,
                    7.5,
                    Range.fixed(Cosmology.einsteinRadius(1e12)),
                    Ellipticity.Prior.fixed(0.1, 0),
                    Ellipticity.Prior.fixed(0.05, 0),
                    deepLenseSource(20),
                    deepLenseSubstructure(1),
                    new Camera(0.087, 1, Camera.Noise.DEEPLENSE_COUNTS, 0, 0.01, Range.of(3, 3.5)));
        }
    },
    /**
     * Model I's lenses seen by Euclid's VIS camera: 64 px of 0.101", PSF 0.16", four exposures of 565 s, a source of
     * magnitude 20 at zero point 24, sky of 22.35 mag per square arcsec and 4.2 electrons of read noise.
     */
    MODEL_2("model-2") {
        @Override
        public SimulationSettings settings() {
            return new SimulationSettings(
                    id(),
                    64,
                    64 * 0.101,
                    Range.fixed(Cosmology.einsteinRadius(1e12)),
                    Ellipticity.Prior.fixed(0.1, 0),
                    Ellipticity.Prior.fixed(0.05, 0),
                    deepLenseSource(EUCLID_AMPLITUDE),
                    deepLenseSubstructure(1),
                    new Camera(
                            0.16,
                            2,
                            Camera.Noise.PHOTONS,
                            0,
                            EUCLID_BACKGROUND,
                            Range.fixed(StrictMath.log10(4 * 565))));
        }
    },
    /**
     * Images with the look of the public DeepLense challenge: wide smooth rings of strongly elliptical light, scaled to
     * [0,1]. The numbers were searched for so that the statistics of challenge-look.json agree; RATIONALE.md says how.
     */
    CHALLENGE("challenge") {
        @Override
        public SimulationSettings settings() {
            return new SimulationSettings(
                    id(),
                    150,
                    7.5,
                    // Rings at 18 to 28 px from the light's centre.
                    Range.of(1.1, 1.3),
                    Ellipticity.Prior.anyDirection(0, 0.3),
                    Ellipticity.Prior.anyDirection(0, 0.15),
                    // The half-light radius makes the rings 15 px wide, the index gives them wings as far as 60 px, and
                    // ellipticity with an offset makes the light elongated: axis ratios of 0.4 to 0.9.
                    new SourcePrior(
                            20,
                            Range.of(0.6, 0.85),
                            Range.of(1.6, 1.8),
                            Ellipticity.Prior.anyDirection(0.3, 0.6),
                            Range.of(-0.5, 0.5)),
                    deepLenseSubstructure(3).withMassesOfGalaxy(),
                    // 10.5 photons of sky per pixel: the pedestal is 2.9 of its standard deviations above the darkest
                    // pixel, which a Poisson count near 10 gives and a Gaussian (3.9) does not. The exposure makes the
                    // brightest pixel some 800 photons, and so the pedestal 0.0116.
                    new Camera(0.176, 1, Camera.Noise.PHOTONS_UNIT, 2.57, 0, Range.fixed(3.213)));
        }
    },
    /** For demonstrations: 64 px, no noise, substructure of ten times Model I's masses, learnt in minutes. */
    DEMO("demo") {
        @Override
        public SimulationSettings settings() {
            return new SimulationSettings(
                    id(),
                    64,
                    6.4,
                    Range.of(0.9, 1.6),
                    Ellipticity.Prior.anyDirection(0.05, 0.15),
                    Ellipticity.Prior.anyDirection(0, 0.05),
                    new SourcePrior(
                            20, Range.of(0.2, 0.3), Range.fixed(1), Ellipticity.Prior.anyDirection(0, 0.3), OFFSET),
                    deepLenseSubstructure(10).withLogAxionMass(LONG_VORTEX),
                    new Camera(0.1, 2, Camera.Noise.NONE, 0, 0, Range.fixed(3)));
        }
    };

    private static final Range OFFSET = Range.of(-0.35, 0.35);

    /** Half lengths of 1.6 to 3": a shorter vortex lies inside the ring and looks like another galaxy. */
    private static final Range LONG_VORTEX = Range.of(-24, -23.73);

    /** 10^(0.4 (24 - 20)) electrons per second over the light of DeepLense's source at unit amplitude. */
    private static final double EUCLID_AMPLITUDE = 39.81 / 0.7468;

    /** sqrt(read noise² + sky · t) / t over sqrt(exposures), in electrons per second and pixel. */
    private static final double EUCLID_BACKGROUND = euclidBackground();

    private final String id;

    SimulationModel(String id) {
        this.id = id;
    }

    /** @throws IllegalArgumentException when there is none of this name; the message lists the names */
    public static SimulationModel of(String id) {
        return Arrays.stream(values())
                .filter(model -> model.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("model must be one of "
                        + Arrays.stream(values()).map(SimulationModel::id).collect(Collectors.joining(", "))
                        + "; got '" + id + "'"));
    }

    /** The model's name, e.g. {@code model-1}. */
    public String id() {
        return id;
    }

    /** The model's own settings, at its own size. */
    public abstract SimulationSettings settings();

    private static SourcePrior deepLenseSource(double amplitude) {
        // Ellipticity (-0.1, 0.1).
        Ellipticity.Prior shape = Ellipticity.Prior.fixed(0.1 * StrictMath.sqrt(2), 0.75 * Math.PI);
        return new SourcePrior(amplitude, Range.fixed(0.25), Range.fixed(1), shape, OFFSET);
    }

    /** Why the slope is -0.9: RATIONALE.md. */
    private static Substructure.Prior deepLenseSubstructure(double factor) {
        return new Substructure.Prior(
                factor, 25, Range.of(1e6, 1e10), -0.9, Range.of(0.25, 2), 3e10, 100, Range.of(-24, -22), false);
    }

    private static double euclidBackground() {
        double seconds = 565;
        double sky = StrictMath.pow(10, 0.4 * (24 - 22.35)) * 0.101 * 0.101;
        return StrictMath.sqrt(4.2 * 4.2 + sky * seconds) / seconds / 2;
    }
}
