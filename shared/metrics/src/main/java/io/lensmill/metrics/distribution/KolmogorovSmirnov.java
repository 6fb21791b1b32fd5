package io.lensmill.metrics.distribution;

/**
 * Whether two samples can be of one distribution (two-sample Kolmogorov-Smirnov test, two-sided).
 *
 * @param distance greatest difference of the cumulative distributions, 0 to 1
 * @param pValue chance of such a distance or a greater one where both are of one continuous distribution, 0 to 1. Equal
 *     values across the samples make it too great, never too small
 */
public record KolmogorovSmirnov(double distance, double pValue) {

    /** Up to so many pairs the chance is exact, in a second at most; beyond, the limit of great samples. */
    private static final long EXACT = 100_000_000;

    /** The test of two samples. */
    public static KolmogorovSmirnov of(SortedSample first, SortedSample second) {
        long m = first.size();
        long n = second.size();
        long steps = steps(first, second);
        double distance = steps / ((double) m * n);
        if (steps == 0) {
            return new KolmogorovSmirnov(0, 1);
        }
        double chance =
                m * n <= EXACT ? exact((int) m, (int) n, steps) : limit(distance * Math.sqrt((double) m * n / (m + n)));
        return new KolmogorovSmirnov(distance, Math.min(1, chance));
    }

    /** The distance times both sizes, a whole number. */
    private static long steps(SortedSample first, SortedSample second) {
        long greatest = 0;
        int i = 0;
        int j = 0;
        while (i < first.size() && j < second.size()) {
            double value = Math.min(first.at(i), second.at(j));
            while (i < first.size() && first.at(i) == value) {
                i++;
            }
            while (j < second.size() && second.at(j) == value) {
                j++;
            }
            greatest = Math.max(greatest, Math.abs((long) i * second.size() - (long) j * first.size()));
        }
        return greatest;
    }

    /**
     * Both samples in one order are a path from (0,0) to (m,n), and each path is as likely as another: the share of
     * those that go as far from the diagonal as {@code steps} (Hodges 1958, "The significance probability of the
     * Smirnov two-sample test"). It is followed as chances of being at a place, which neither overflow nor cancel.
     */
    private static double exact(int m, int n, long steps) {
        double[] here = new double[n + 1];
        double far = 0;
        for (int i = 0; i <= m; i++) {
            for (int j = 0; j <= n; j++) {
                double chance = i == 0 && j == 0 ? 1 : 0;
                if (i > 0) {
                    chance += here[j] * (m - i + 1) / (m + n - i + 1 - j);
                }
                if (j > 0) {
                    chance += here[j - 1] * (n - j + 1) / (m + n - i - j + 1);
                }
                if (Math.abs((long) i * n - (long) j * m) >= steps) {
                    far += chance;
                    chance = 0;
                }
                here[j] = chance;
            }
        }
        return far;
    }

    /**
     * The chance for great samples, 2 Σ (-1)^(k-1) exp(-2 k² λ²) (Smirnov 1948, "Table for estimating the goodness of
     * fit of empirical distributions").
     */
    private static double limit(double lambda) {
        double sum = 0;
        double sign = 1;
        for (int k = 1; k <= 100; k++) {
            sum += sign * Math.exp(-2.0 * k * k * lambda * lambda);
            sign = -sign;
        }
        return Math.max(0, 2 * sum);
    }
}
