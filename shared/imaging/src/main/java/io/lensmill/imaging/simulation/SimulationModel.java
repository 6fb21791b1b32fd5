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
                    deepLenseSubstructure(1, Range.of(-24, -22)),
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
                    deepLenseSubstructure(1, Range.of(-24, -22)),
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
     * Model I's lenses seen by Hubble's WFC3 in F160W: 64 px of 0.08", PSF 0.08", one exposure of 5,400 s, a source of
     * magnitude 20 at zero point 25.96, sky of 22.3 mag per square arcsec and 4 electrons of read noise.
     */
    MODEL_3("model-3") {
        @Override
        public SimulationSettings settings() {
            return new SimulationSettings(
                    id(),
                    64,
                    64 * 0.08,
                    Range.fixed(Cosmology.einsteinRadius(1e12)),
                    Ellipticity.Prior.fixed(0.1, 0),
                    Ellipticity.Prior.fixed(0.05, 0),
                    deepLenseSource(HUBBLE_AMPLITUDE),
                    deepLenseSubstructure(1, Range.of(-24, -22)),
                    new Camera(
                            0.08, 2, Camera.Noise.PHOTONS, 0, HUBBLE_BACKGROUND, Range.fixed(StrictMath.log10(5400))));
        }
    },
    /**
     * The public DeepLense challenge, as fits of 30 of its images found it: an isothermal sphere and a shear along the
     * x axis, a Sérsic source, photon counts scaled to [0,1]. RATIONALE.md says how each number was found.
     */
    CHALLENGE("challenge") {
        @Override
        public SimulationSettings settings() {
            return new SimulationSettings(
                    id(),
                    150,
                    7.5,
                    Range.of(0.9, 1.65),
                    Ellipticity.Prior.fixed(0, 0),
                    Ellipticity.Prior.of(Range.of(0, 0.3), ALONG_X),
                    new SourcePrior(
                            CHALLENGE_AMPLITUDE,
                            Range.fixed(0.5),
                            Range.fixed(1.5),
                            Ellipticity.Prior.ofAxisRatio(Range.of(0.4, 1), ALONG_X),
                            null,
                            Range.of(0, 0.5)),
                    new Substructure.Prior(
                            1,
                            25,
                            Range.of(1e6, 1.1e10),
                            -0.9,
                            Range.of(0, 2),
                            3e10,
                            100,
                            Range.of(-24, -22),
                            false,
                            true,
                            new Substructure.LinePrior(Range.of(0.03, 0.055), Range.of(1, 4), 0.5, 25)),
                    // 10 photons of sky per pixel in 100 s, so that the brightest pixel has some 600 to 900.
                    new Camera(0.204, 2, Camera.Noise.PHOTONS_UNIT, 40, 0, Range.fixed(2)));
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
                            20,
                            Range.of(0.2, 0.3),
                            Range.fixed(1),
                            Ellipticity.Prior.anyDirection(0, 0.3),
                            OFFSET,
                            null),
                    deepLenseSubstructure(10, LONG_VORTEX),
                    new Camera(0.1, 2, Camera.Noise.NONE, 0, 0, Range.fixed(3)));
        }
    };

    private static final Range OFFSET = Range.of(-0.35, 0.35);

    /** Half lengths of 1.6 to 3": a shorter vortex lies inside the ring and looks like another galaxy. */
    private static final Range LONG_VORTEX = Range.of(-24, -23.73);

    /**
     * Twice the position angle of shears and of sources, in radians: angles drawn from 0 to 2π and taken for degrees,
     * against the rows, which are numbered downwards.
     */
    private static final Range ALONG_X = Range.of(-2 * Math.toRadians(2 * Math.PI), 0);

    /** 98 photons per pixel of 0.05" in 100 s. */
    private static final double CHALLENGE_AMPLITUDE = 98 / (0.05 * 0.05) / 100;

    /** 10^(0.4 (24 - 20)) electrons per second over the light of DeepLense's source at unit amplitude. */
    private static final double EUCLID_AMPLITUDE = 39.81 / 0.7468;

    private static final double EUCLID_BACKGROUND = background(565, 4, 24 - 22.35, 0.101, 4.2);

    /** 10^(0.4 (25.96 - 20)) electrons per second over the light of DeepLense's source at unit amplitude. */
    private static final double HUBBLE_AMPLITUDE = 242.1 / 0.7468;

    private static final double HUBBLE_BACKGROUND = background(5400, 1, 25.96 - 22.3, 0.08, 4);

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
        return new SourcePrior(amplitude, Range.fixed(0.25), Range.fixed(1), shape, OFFSET, null);
    }

    /** Why the slope is -0.9: RATIONALE.md. */
    private static Substructure.Prior deepLenseSubstructure(double factor, Range logAxionMass) {
        return new Substructure.Prior(
                factor, 25, Range.of(1e6, 1e10), -0.9, Range.of(0.25, 2), 3e10, 100, logAxionMass, false, false, null);
    }

    /** In electrons per second and pixel; of one exposure in seconds, sky in magnitudes, pixel in arcsec. */
    private static double background(
            double seconds, int exposures, double skyMagnitudes, double pixel, double readNoise) {
        double sky = StrictMath.pow(10, 0.4 * skyMagnitudes) * pixel * pixel;
        return StrictMath.sqrt(readNoise * readNoise + sky * seconds) / seconds / StrictMath.sqrt(exposures);
    }
}
