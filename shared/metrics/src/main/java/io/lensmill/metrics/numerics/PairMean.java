package io.lensmill.metrics.numerics;

/**
 * The mean of a symmetric quantity over all pairs of different things (a U-statistic of degree two), with the standard
 * error that the jackknife over the things gives (Arvesen 1969).
 *
 * @param mean mean over pairs i != j
 * @param standardError of that mean, seen as an estimate for all things that might have been drawn; NaN below three
 */
public record PairMean(double mean, double standardError) {

    /** @param sums per thing the sum over its pairs with the others; at least two things */
    public static PairMean of(double[] sums) {
        double n = sums.length;
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        double mean = total / (n * (n - 1));
        double squares = 0;
        for (double sum : sums) {
            double without = (total - 2 * sum) / ((n - 1) * (n - 2));
            squares += (without - mean) * (without - mean);
        }
        return new PairMean(mean, n < 3 ? Double.NaN : Math.sqrt((n - 1) / n * squares));
    }
}
