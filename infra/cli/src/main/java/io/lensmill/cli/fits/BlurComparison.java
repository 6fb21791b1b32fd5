package io.lensmill.cli.fits;

import io.lensmill.metrics.distribution.KolmogorovSmirnov;
import io.lensmill.metrics.distribution.SortedSample;
import io.lensmill.metrics.distribution.TypicalQuotient;
import java.util.stream.IntStream;

/**
 * How strong residuals of a class are at one blur, in images and in simulated ones.
 *
 * @param blurPixels standard deviation of the blur
 * @param images residual strength of the images; 1 is noise
 * @param simulated the same of simulated ones
 * @param distance Kolmogorov-Smirnov distance of the two, 0 to 1
 * @param pValue chance of such a distance where both are drawn alike
 * @param quotient how many times as much the images leave beyond noise
 * @param quotientLower end of its 95 % interval; null when there are too few images for one
 * @param quotientUpper the other end; null as well
 */
public record BlurComparison(
        int blurPixels,
        Quantiles images,
        Quantiles simulated,
        double distance,
        double pValue,
        double quotient,
        Double quotientLower,
        Double quotientUpper) {

    /**
     * Strength beyond noise that is told from none at best: noise alone makes a strength of 1 ± 0.005 to 0.1, the more
     * the larger the blur.
     */
    private static final double LEAST = 0.1;

    /**
     * A distribution in brief.
     *
     * @param p16 quantile of 16 %
     * @param median of all
     * @param p84 quantile of 84 %
     * @param beyondSmooth share that is greater than the 95th percentile of smooth lenses; null where there are none
     */
    public record Quantiles(double p16, double median, double p84, Double beyondSmooth) {

        static Quantiles of(SortedSample sample, Double limit) {
            return new Quantiles(
                    sample.quantile(0.16),
                    sample.median(),
                    sample.quantile(0.84),
                    limit == null ? null : sample.above(limit) / (double) sample.size());
        }
    }

    /** @param limit 95th percentile of smooth lenses at this blur; null when there are none */
    static BlurComparison of(int blurPixels, SortedSample images, SortedSample simulated, Double limit) {
        KolmogorovSmirnov test = KolmogorovSmirnov.of(images, simulated);
        TypicalQuotient quotient = TypicalQuotient.of(beyondNoise(images), beyondNoise(simulated));
        boolean bounded = Double.isFinite(quotient.upper());
        return new BlurComparison(
                blurPixels,
                Quantiles.of(images, limit),
                Quantiles.of(simulated, limit),
                test.distance(),
                test.pValue(),
                quotient.value(),
                bounded ? quotient.lower() : null,
                bounded ? quotient.upper() : null);
    }

    /**
     * The part of each strength that noise does not explain, √(s² - 1): variances add. It grows in proportion to the
     * masses of substructure, by shared/imaging/RATIONALE.md.
     */
    static SortedSample beyondNoise(SortedSample strengths) {
        return new SortedSample(IntStream.range(0, strengths.size())
                .mapToDouble(strengths::at)
                .map(s -> Math.sqrt(Math.max(LEAST * LEAST, s * s - 1)))
                .toArray());
    }

    /** Factor that the interval of the quotient spans; infinite without one. */
    double uncertainty() {
        return quotientLower == null ? Double.POSITIVE_INFINITY : quotientUpper / quotientLower;
    }

    /** Whether the interval of the quotient leaves out 1. */
    boolean differsByFactor() {
        return quotientLower != null && (quotientLower > 1 || quotientUpper < 1);
    }
}
