package io.lensmill.metrics.distribution;

import io.lensmill.metrics.classification.Interval;

/**
 * How many times greater the values of one sample are than those of another: the median of all quotients (Hodges and
 * Lehmann 1963, of logarithms). Where the distributions differ by a factor alone, this is that factor, nearly as well
 * known as by means of normal logarithms; outliers do not move it.
 *
 * @param value above 0
 * @param lower end of the 95 % interval by the ranks (Hollander and Wolfe 1999, section 4.3, for great samples); 0 when
 *     the samples are too small for one
 * @param upper end of it; infinite when the samples are too small
 */
public record TypicalQuotient(double value, double lower, double upper) {

    /**
     * The quotients of the first sample's values by the second's.
     *
     * @throws IllegalArgumentException when a value is not above 0
     */
    public static TypicalQuotient of(SortedSample first, SortedSample second) {
        if (first.at(0) <= 0 || second.at(0) <= 0) {
            throw new IllegalArgumentException(
                    "Quotients need values above 0; got " + Math.min(first.at(0), second.at(0)));
        }
        double m = first.size();
        double n = second.size();
        long pairs = (long) first.size() * second.size();
        long low = (pairs - 1) / 2;
        long high = pairs / 2;
        double value = Math.sqrt(ranked(first, second, low) * ranked(first, second, high));
        // Of ranks from 1: the C-th from either end, rounded down as Hollander and Wolfe do.
        long end = (long) Math.floor(m * n / 2 - Interval.Z95 * Math.sqrt(m * n * (m + n + 1) / 12));
        return end < 1
                ? new TypicalQuotient(value, 0, Double.POSITIVE_INFINITY)
                : new TypicalQuotient(value, ranked(first, second, end - 1), ranked(first, second, pairs - end));
    }

    /** The quotient of a rank, 0 for the least, by halving: all of them together may not fit in memory. */
    private static double ranked(SortedSample first, SortedSample second, long rank) {
        double low = first.at(0) / second.at(second.size() - 1);
        double high = first.at(first.size() - 1) / second.at(0);
        // 60 halvings of a logarithm leave nothing that a double could tell.
        for (int i = 0; i < 60; i++) {
            double middle = Math.sqrt(low) * Math.sqrt(high);
            if (upTo(middle, first, second) > rank) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** How many quotients are no greater than a limit. */
    private static long upTo(double limit, SortedSample first, SortedSample second) {
        long count = 0;
        int i = 0;
        for (int j = 0; j < second.size(); j++) {
            while (i < first.size() && first.at(i) <= limit * second.at(j)) {
                i++;
            }
            count += i;
        }
        return count;
    }
}
