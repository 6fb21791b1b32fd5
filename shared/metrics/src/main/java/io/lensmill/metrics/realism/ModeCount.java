package io.lensmill.metrics.realism;

import io.lensmill.metrics.classification.Interval;

/**
 * RKE-MC, the exponential of the order-2 Renyi kernel entropy: 1 / mean over all pairs of k(x,y)², the pairs of an
 * image with itself included (Jalali, Li and Farnia 2023). From 1 (one blob) to n (every image its own mode).
 *
 * @param value the mode count
 * @param lower 95 % interval, equal to the value where it is exact
 * @param upper as lower; infinite where the estimate does not bound it
 */
public record ModeCount(double value, double lower, double upper) {

    static ModeCount exact(double meanSquare) {
        double value = 1 / meanSquare;
        return new ModeCount(value, value, value);
    }

    /** From an estimate of the mean square and its standard error; an error that is not a number bounds nothing. */
    static ModeCount estimated(double meanSquare, double standardError) {
        double margin = Interval.Z95 * standardError;
        double most = meanSquare - margin;
        return new ModeCount(
                1 / meanSquare,
                Double.isNaN(margin) ? 1 : 1 / (meanSquare + margin),
                most > 0 ? 1 / most : Double.POSITIVE_INFINITY);
    }

    /**
     * Whether the kernel tells most of n images apart from all others. Then the count follows the number of images, and
     * neither it nor a comparison by this kernel says anything of the distribution.
     */
    public boolean seesSingleImages(long n) {
        return value > n / 2.0;
    }

    /** Width of the interval in units of the value; infinite when it has no upper end. */
    public double relativeWidth() {
        return (upper - lower) / value;
    }
}
