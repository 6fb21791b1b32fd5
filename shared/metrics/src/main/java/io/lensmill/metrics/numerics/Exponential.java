package io.lensmill.metrics.numerics;

/**
 * exp of many numbers at once. Math.exp is one call per number; this is the same few multiplications and additions for
 * each, without a branch or a table, which the Java compiler turns into vector instructions. With y = x / 2¹⁰ a Taylor
 * polynomial of degree 12 about -0.37 gives exp y, and ten squarings give exp x.
 */
public final class Exponential {

    private static final int SQUARINGS = 10;
    /** Here and below the result is 0, as it is by Math.exp. */
    private static final double LEAST = -750;

    private static final double TO_SMALL = 1.0 / (1 << SQUARINGS);
    /** The middle of what LEAST to 0 becomes. */
    private static final double CENTRE = LEAST * TO_SMALL / 2;

    private static final double[] TAYLOR = taylor(12);

    private Exponential() {}

    /** exp(CENTRE) / k! for k = 0 to the degree. */
    private static double[] taylor(int degree) {
        double[] terms = new double[degree + 1];
        terms[0] = StrictMath.exp(CENTRE);
        for (int k = 1; k <= degree; k++) {
            terms[k] = terms[k - 1] / k;
        }
        return terms;
    }

    /**
     * into[i] = exp(-rate from[i]), with a relative error up to 1e-12.
     *
     * @param from numbers of 0 or more
     * @param rate 0 or more
     * @param into may be the same array
     * @param count numbers, from the beginning of both
     */
    public static void ofNegative(double[] from, double rate, double[] into, int count) {
        final double c0 = TAYLOR[0];
        final double c1 = TAYLOR[1];
        final double c2 = TAYLOR[2];
        final double c3 = TAYLOR[3];
        final double c4 = TAYLOR[4];
        final double c5 = TAYLOR[5];
        final double c6 = TAYLOR[6];
        final double c7 = TAYLOR[7];
        final double c8 = TAYLOR[8];
        final double c9 = TAYLOR[9];
        final double c10 = TAYLOR[10];
        final double c11 = TAYLOR[11];
        final double c12 = TAYLOR[12];
        for (int i = 0; i < count; i++) {
            double y = Math.max(-rate * from[i], LEAST) * TO_SMALL - CENTRE;
            double high = c8 + y * (c9 + y * (c10 + y * (c11 + y * c12)));
            into[i] = c0 + y * (c1 + y * (c2 + y * (c3 + y * (c4 + y * (c5 + y * (c6 + y * (c7 + y * high)))))));
        }
        for (int i = 0; i < count; i++) {
            double e = into[i];
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            e *= e;
            into[i] = e * e;
        }
    }
}
