package io.lensmill.metrics.classification;

import java.util.Arrays;
import java.util.Optional;

/** What probabilities of the classes of one image must be, on the topic as in files. */
public final class ProbabilityRows {

    /** Of the sum from 1: float32 softmax of a hundred classes is off by less than a tenth of it. */
    private static final double SUM_TOLERANCE = 1e-3;

    /** With more, rounding is below the tolerance in any case. */
    private static final int MOST_DECIMALS = 3;

    /** Of a probability in float32, rounded up. */
    private static final double FLOAT_ERROR = 1e-7;

    private ProbabilityRows() {}

    /** What is wrong with probabilities of this sum, in a sentence; empty when nothing is. */
    public static Optional<String> faultOfSum(double sum) {
        return faultOfSum(sum, SUM_TOLERANCE);
    }

    /**
     * How far the sum may be from 1: where an image's probabilities were written with few decimals, as in tables, half
     * a unit of the last one for each class; otherwise what holds on the topic.
     *
     * @param probabilities of one image, one per class
     */
    public static double tolerance(double[] probabilities) {
        double unit = 1;
        for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
            unit /= 10;
            double wanted = unit;
            if (Arrays.stream(probabilities).allMatch(p -> isMultiple(p, wanted))) {
                return Math.max(SUM_TOLERANCE, probabilities.length * (unit / 2 + FLOAT_ERROR));
            }
        }
        return SUM_TOLERANCE;
    }

    private static boolean isMultiple(double p, double unit) {
        return Math.abs(p - unit * Math.rint(p / unit)) <= FLOAT_ERROR;
    }

    /** The same with a tolerance of the caller. */
    public static Optional<String> faultOfSum(double sum, double tolerance) {
        return Math.abs(sum - 1) <= tolerance
                ? Optional.empty()
                : Optional.of("The probabilities must sum to 1; got " + sum + ".");
    }
}
