package io.lensmill.benchmark;

import io.lensmill.imaging.ParallelWork;
import io.lensmill.imaging.Progress;
import io.lensmill.imaging.fitting.FitSettings;
import io.lensmill.imaging.fitting.FitStatus;
import io.lensmill.imaging.fitting.LensFit;
import io.lensmill.imaging.fitting.LensFitter;
import io.lensmill.imaging.fitting.LensParameter;
import io.lensmill.imaging.fitting.MassModel;
import io.lensmill.imaging.simulation.Camera;
import io.lensmill.imaging.simulation.Ellipticity;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensParameters;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.Range;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.imaging.simulation.SimulationSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Fits of simulated lenses whose parameters are known: how fast, and whether the errors are what they say. The lenses
 * are those of the model {@code challenge} without substructure, turned in all directions, and for ellipsoids
 * flattened.
 */
public final class FitBenchmark {

    private static final Range ANY = Range.of(0, 2 * Math.PI);

    /** A galaxy so flat is at the edge of what is seen. */
    private static final double LARGEST_ELLIPTICITY = 0.25;

    private final MassModel mass;
    private final LensSimulator simulator;
    private final LensFitter fitter;

    /**
     * Of one parameter.
     *
     * @param parameter which
     * @param within share of the images whose interval of one standard error holds the truth; 0.683 where errors are
     *     right
     * @param bias mean deviation from the truth, in mean standard errors
     * @param error mean standard error
     */
    public record Coverage(LensParameter parameter, double within, double bias, double error) {}

    /**
     * What was found.
     *
     * @param images that were fitted
     * @param imagesPerSecond on all threads together
     * @param statuses how many images have which
     * @param coverages of the parameters, over all images whose search came to an end
     */
    public record Result(
            int images, double imagesPerSecond, Map<FitStatus, Integer> statuses, List<Coverage> coverages) {}

    public FitBenchmark(MassModel mass) {
        this.mass = mass;
        SimulationSettings challenge = SimulationModel.CHALLENGE.settings();
        SimulationSettings.SourcePrior source = challenge.source();
        SimulationSettings settings = new SimulationSettings(
                "fit-benchmark",
                challenge.size(),
                challenge.fieldOfView(),
                challenge.einsteinRadius(),
                mass == MassModel.SIE
                        ? new Ellipticity.Prior(Range.of(0, LARGEST_ELLIPTICITY), ANY, null, null, null)
                        : challenge.lens(),
                new Ellipticity.Prior(challenge.shear().modulus(), ANY, null, null, null),
                new SimulationSettings.SourcePrior(
                        source.amplitude(),
                        source.radius(),
                        source.index(),
                        new Ellipticity.Prior(null, ANY, source.ellipticity().axisRatio(), null, null),
                        null,
                        source.distance()),
                challenge.substructure(),
                new Camera(
                        challenge.camera().psfFwhm(),
                        challenge.camera().supersampling(),
                        Camera.Noise.PHOTONS,
                        challenge.camera().sky(),
                        0,
                        challenge.camera().logExposure()));
        this.simulator = new LensSimulator(settings);
        this.fitter = new LensFitter(
                new FitSettings(mass, settings.pixel(), challenge.camera().supersampling()));
    }

    /** Fits images 0 to count - 1 of the seed. */
    public Result run(int count, long seed, int threads, Progress progress) throws IOException {
        LensFit[] fits = new LensFit[count];
        long begin = System.nanoTime();
        new ParallelWork(threads)
                .run(count, progress, i -> fits[i] = fitter.fit(simulator.simulate(LensClass.NO, seed, i)));
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<FitStatus, Integer> statuses = new EnumMap<>(FitStatus.class);
        for (LensFit fit : fits) {
            statuses.merge(fit.status(), 1, Integer::sum);
        }
        List<Coverage> coverages = new ArrayList<>();
        for (LensParameter parameter : LensParameter.of(mass)) {
            coverages.add(coverage(parameter, fits, seed));
        }
        return new Result(count, count / seconds, statuses, coverages);
    }

    private Coverage coverage(LensParameter parameter, LensFit[] fits, long seed) {
        int used = 0;
        int within = 0;
        double deviations = 0;
        double errors = 0;
        for (int i = 0; i < fits.length; i++) {
            if (fits[i].status() != FitStatus.OK && fits[i].status() != FitStatus.POOR) {
                continue;
            }
            double truth = truth(parameter, simulator.parameters(LensClass.NO, seed, i));
            double deviation = fits[i].value(parameter) - truth;
            double error = fits[i].error(parameter);
            used++;
            within += Math.abs(deviation) < error ? 1 : 0;
            deviations += deviation;
            errors += error;
        }
        return new Coverage(parameter, (double) within / used, deviations / errors, errors / used);
    }

    private double truth(LensParameter parameter, LensParameters lens) {
        SimulationSettings settings = simulator.settings();
        double pixelArea = settings.pixel() * settings.pixel();
        return switch (parameter) {
            case EINSTEIN_RADIUS_ARCSEC -> lens.einsteinRadius();
            case LENS_X_ARCSEC, LENS_Y_ARCSEC -> 0;
            case SHEAR_1 -> lens.shear().first();
            case SHEAR_2 -> lens.shear().second();
            case SOURCE_X_ARCSEC -> lens.source().x();
            case SOURCE_Y_ARCSEC -> lens.source().y();
            case SOURCE_ELLIPTICITY_1 -> lens.source().ellipticity().first();
            case SOURCE_ELLIPTICITY_2 -> lens.source().ellipticity().second();
            case SOURCE_RADIUS_ARCSEC -> lens.source().radius();
            case SERSIC_INDEX -> lens.source().index();
            case AMPLITUDE -> lens.source().amplitude() * pixelArea;
            case SKY -> settings.camera().sky() * pixelArea;
            case PSF_SIGMA_ARCSEC -> settings.camera().psfFwhm() / (2 * Math.sqrt(2 * Math.log(2)));
            case LENS_ELLIPTICITY_1 -> lens.lens().first();
            case LENS_ELLIPTICITY_2 -> lens.lens().second();
        };
    }
}
