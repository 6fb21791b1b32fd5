package io.lensmill.cli.fits;

import io.lensmill.imaging.fitting.FitStatus;
import io.lensmill.imaging.fitting.LensParameter;
import io.lensmill.imaging.simulation.Camera;
import io.lensmill.imaging.simulation.Ellipticity;
import io.lensmill.imaging.simulation.Range;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.imaging.simulation.SimulationSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Ranges of the simulator's parameters, from fits. A parameter that varies no more than its errors has one value; any
 * other has the range of its values and as much beyond each end as neighbours lie apart on average, since the extremes
 * of n even draws fall short of a range's ends by that. Substructure is the model {@code challenge}'s: a smooth lens
 * says nothing of it.
 */
public final class PriorEstimate {

    /** So many fits that are trusted are enough; below, lenses with substructure count too. */
    private static final int ENOUGH = 10;

    private static final int FEWEST = 5;

    /** Scatter of a fixed parameter in standard errors: systematic errors are as large as those of the noise. */
    private static final double FIXED = 3;

    /** Relative scatter below which a length, an index or a number of photons is one for all. */
    private static final double LIKE = 0.03;

    private static final double FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));

    /** Share of the noise at the half-light radius below which its photons do not count. */
    private static final double FEW_PHOTONS = 0.02;

    private final List<FitLine> fits;

    /** Whether the noise grows with the light as photons' does; else it is even, and photons are drawn without end. */
    private final boolean counted;

    private PriorEstimate(List<FitLine> fits) {
        this.fits = fits;
        this.counted = photonsCount();
    }

    /**
     * The estimate of these fits.
     *
     * @throws IllegalArgumentException when too few can be used, or they are of different pixels, sizes or models
     */
    public static PriorEstimate of(List<FitLine> all) {
        List<FitLine> trusted = all.stream().filter(FitLine::trusted).toList();
        List<FitLine> used = trusted.size() >= ENOUGH
                ? trusted
                : all.stream()
                        .filter(fit -> fit.status() == FitStatus.OK || fit.status() == FitStatus.POOR)
                        .toList();
        if (used.size() < FEWEST) {
            throw new IllegalArgumentException("A prior needs at least " + FEWEST + " fits of status OK or POOR; got "
                    + used.size() + " of " + all.size());
        }
        FitLine first = used.get(0);
        for (FitLine fit : used) {
            if (!fit.model().equals(first.model())
                    || fit.sizePixels() != first.sizePixels()
                    || fit.pixelScaleArcsec() != first.pixelScaleArcsec()) {
                throw new IllegalArgumentException("Fits of one prior must have one model, size and pixel scale; got "
                        + described(first) + " and " + described(fit));
            }
        }
        return new PriorEstimate(used);
    }

    /** Fits that count. */
    public int used() {
        return fits.size();
    }

    /** What the simulator draws such lenses from. */
    public SimulationSettings settings() {
        FitLine first = fits.get(0);
        double pixel = first.pixelScaleArcsec();
        double[] amplitudes = values(this::photonsAtHalfLight);
        double[] skies = values(this::photonsOfSky);
        double amplitude = median(amplitudes);
        double sky = median(skies);
        Range exposure = counted ? logRange(amplitudes, amplitude) : Range.fixed(0);
        Ellipticity.Prior none = Ellipticity.Prior.ofComponents(Range.fixed(0), Range.fixed(0));
        return new SimulationSettings(
                "prior",
                first.sizePixels(),
                first.sizePixels() * pixel,
                range(LensParameter.EINSTEIN_RADIUS_ARCSEC, 1e-3, Double.MAX_VALUE),
                first.model().equals("sie")
                        ? components(LensParameter.LENS_ELLIPTICITY_1, LensParameter.LENS_ELLIPTICITY_2)
                        : none,
                components(LensParameter.SHEAR_1, LensParameter.SHEAR_2),
                new SimulationSettings.SourcePrior(
                        amplitude / (pixel * pixel),
                        range(LensParameter.SOURCE_RADIUS_ARCSEC, 1e-3, Double.MAX_VALUE),
                        range(LensParameter.SERSIC_INDEX, 0.3, 8),
                        components(LensParameter.SOURCE_ELLIPTICITY_1, LensParameter.SOURCE_ELLIPTICITY_2),
                        null,
                        distance()),
                SimulationModel.CHALLENGE.settings().substructure(),
                new Camera(
                        FWHM_PER_SIGMA * median(values(fit -> value(fit, LensParameter.PSF_SIGMA_ARCSEC))),
                        2,
                        Camera.Noise.PHOTONS_UNIT,
                        Math.max(0, sky) / (pixel * pixel),
                        counted ? 0 : median(values(this::evenNoise)),
                        exposure));
    }

    private boolean photonsCount() {
        return median(values(PriorEstimate::shareOfPhotons)) > FEW_PHOTONS;
    }

    private static double shareOfPhotons(FitLine fit) {
        double amplitude = value(fit, LensParameter.AMPLITUDE);
        double slope = fit.noise().perIntensity();
        double variance = fit.noise().constant() + slope * (amplitude + value(fit, LensParameter.SKY));
        return slope * amplitude / variance;
    }

    private double photonsAtHalfLight(FitLine fit) {
        return value(fit, LensParameter.AMPLITUDE) * photonsPerValue(fit);
    }

    private double photonsOfSky(FitLine fit) {
        double gain = photonsPerValue(fit);
        // Of scaled images the sky stands above the darkest pixel; its own variance tells how many photons it has.
        return counted ? value(fit, LensParameter.SKY) * gain + fit.noise().constant() * gain * gain : 0;
    }

    private double evenNoise(FitLine fit) {
        return Math.sqrt(fit.noise().constant()) * photonsPerValue(fit);
    }

    /** Photons of one pixel value; of even noise so many that theirs does not show. */
    private double photonsPerValue(FitLine fit) {
        return counted ? 1 / fit.noise().perIntensity() : 1e6 / value(fit, LensParameter.AMPLITUDE);
    }

    private Ellipticity.Prior components(LensParameter first, LensParameter second) {
        return Ellipticity.Prior.ofComponents(range(first, -0.6, 0.6), range(second, -0.6, 0.6));
    }

    private Range distance() {
        double[] distances = values(fit ->
                Math.hypot(value(fit, LensParameter.SOURCE_X_ARCSEC), value(fit, LensParameter.SOURCE_Y_ARCSEC)));
        return beyond(distances, 0, Double.MAX_VALUE);
    }

    private Range range(LensParameter parameter, double lowest, double highest) {
        double[] values = values(fit -> value(fit, parameter));
        double error = median(values(fit -> fit.parameters().get(parameter.id()).error()));
        double scatter = scatter(values);
        double centre = median(values);
        return scatter < FIXED * error || scatter < LIKE * Math.abs(centre)
                ? Range.fixed(centre)
                : beyond(values, lowest, highest);
    }

    private static Range beyond(double[] values, double lowest, double highest) {
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        double more = (high - low) / (values.length - 1);
        return Range.of(Math.max(lowest, low - more), Math.min(highest, high + more));
    }

    private static Range logRange(double[] values, double unit) {
        double[] logs =
                Arrays.stream(values).map(value -> Math.log10(value / unit)).toArray();
        // A twentieth is what the noise of an image is known to.
        return scatter(logs) < Math.log10(1.05) ? Range.fixed(0) : beyond(logs, -6, 6);
    }

    /** Robust: half the distance between the 16th and the 84th of a hundred. */
    private static double scatter(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int low = (int) Math.floor(0.16 * (sorted.length - 1));
        return (sorted[sorted.length - 1 - low] - sorted[low]) / 2;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private double[] values(ToDoubleFunction<FitLine> value) {
        return fits.stream().mapToDouble(value).toArray();
    }

    private static double value(FitLine fit, LensParameter parameter) {
        return fit.parameters().get(parameter.id()).value();
    }

    private static String described(FitLine fit) {
        return String.format(Locale.ROOT, "%s of %d px of %s\"", fit.model(), fit.sizePixels(), fit.pixelScaleArcsec());
    }
}
