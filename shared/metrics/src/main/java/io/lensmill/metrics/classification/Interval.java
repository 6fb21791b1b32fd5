package io.lensmill.metrics.classification;

/** A closed interval of real numbers, lower <= upper. */
public record Interval(double lower, double upper) {

    /** Two-sided 95 % point of the standard normal distribution. */
    public static final double Z95 = 1.959963984540054;

    /**
     * Wilson's score interval of a share (Wilson 1927): stays in [0, 1] and is honest at 0 and at 1.
     *
     * @param hits 0 to trials
     * @param trials 1 or more
     */
    public static Interval wilson(long hits, long trials) {
        double n = trials;
        double share = hits / n;
        double z2 = Z95 * Z95;
        double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
        double half = Z95 / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
        // Rounding would leave 1e-18 where the formula gives 0, and the same below 1.
        return new Interval(
                hits == 0 ? 0 : Math.max(0, centre - half), hits == trials ? 1 : Math.min(1, centre + half));
    }

    /**
     * 95 % interval of an area under the ROC curve: the areas t whose Hanley-McNeil standard error at t (not at the
     * estimate) reaches the estimate, method 5 of Newcombe 2006. Unlike estimate ± 1.96 standard errors it does not
     * shrink to nothing at an area of 1.
     *
     * @param area 0 to 1
     * @param positives 1 or more
     * @param negatives 1 or more
     */
    public static Interval hanleyMcNeil(double area, long positives, long negatives) {
        return new Interval(edge(area, 0, positives, negatives), edge(area, 1, positives, negatives));
    }

    private static double edge(double area, double far, long positives, long negatives) {
        double outside = far;
        double inside = area;
        for (int i = 0; i < 60; i++) {
            double middle = (outside + inside) / 2;
            if (Math.abs(area - middle) > Z95 * Math.sqrt(variance(middle, (double) positives, (double) negatives))) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return inside;
    }

    private static double variance(double t, double positives, double negatives) {
        double pairs = (positives + negatives) / 2 - 1;
        double spread = 1 + pairs * (1 - t) / (2 - t) + pairs * t / (1 + t);
        return t * (1 - t) * spread / (positives * negatives);
    }
}
