package io.lensmill.neural.host;

/** Float32 functions that are accurate to about 2 units in the last place and much faster than {@link Math}'s. */
@SuppressWarnings("FloatingPointLiteralPrecision") // Constants stand as they were published.
public final class FloatMath {

    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float ROUND = 12582912f; // 1.5 * 2^23: adding it leaves a whole number in the low bits.

    private FloatMath() {}

    /**
     * x[i] becomes e^x[i] for i below count; 0 below -87 and infinite above 88, as float32 has it. Polynomial of the
     * Cephes library's expf. In two passes, since the JIT compiler vectorises the first but not the bit shifts of the
     * second.
     *
     * @param whole scratch, at least count long
     */
    public static void exp(float[] x, int count, float[] whole) {
        for (int i = 0; i < count; i++) {
            float bounded = Math.max(-87.3f, Math.min(88.3f, x[i]));
            float n = (bounded * LOG2_E + ROUND) - ROUND;
            float r = bounded - n * LN2_HIGH - n * LN2_LOW;
            float p = 1.9875691500e-4f;
            p = p * r + 1.3981999507e-3f;
            p = p * r + 8.3334519073e-3f;
            p = p * r + 4.1665795894e-2f;
            p = p * r + 1.6666665459e-1f;
            p = p * r + 5.0000001201e-1f;
            x[i] = p * r * r + r + 1f;
            whole[i] = n;
        }
        for (int i = 0; i < count; i++) {
            x[i] *= Float.intBitsToFloat(((int) whole[i] + 127) << 23);
        }
    }

    /**
     * 1 / (1 + e^-x) as (1 + tanh(x / 2)) / 2, absolute error below 2e-7. Only additions, products and one quotient, so
     * that loops over it are vectorised; the rational form of tanh is that of the Eigen library.
     */
    public static float sigmoid(float x) {
        float t = Math.max(-7.9053111f, Math.min(7.9053111f, 0.5f * x));
        float q = t * t;
        float p = -2.76076847742355e-16f;
        p = p * q + 2.00018790482477e-13f;
        p = p * q - 8.60467152213735e-11f;
        p = p * q + 5.12229709037114e-08f;
        p = p * q + 1.48572235717979e-05f;
        p = p * q + 6.37261928875436e-04f;
        p = p * q + 4.89352455891786e-03f;
        float d = 1.19825839466702e-06f;
        d = d * q + 1.18534705686654e-04f;
        d = d * q + 2.26843463243900e-03f;
        d = d * q + 4.89352518554385e-03f;
        return 0.5f + 0.5f * (t * p / d);
    }

    /**
     * 1 where x is positive and 0 where it is 0, for the results of a ReLU; without a branch, so that it vectorises.
     */
    public static float isPositive(float x) {
        return Math.min(1f, x * 1e38f);
    }

    /**
     * Coefficients of the Chebyshev fit of erfc (Press et al., Numerical Recipes, section 6.2), highest power first.
     */
    private static final double[] ERFC = {
        0.17087277,
        -0.82215223,
        1.48851587,
        -1.13520398,
        0.27886807,
        -0.18628806,
        0.09678418,
        0.37409196,
        1.00002368,
        -1.26551223
    };

    /** Error function, relative error of its complement below 1.2e-7. */
    public static double erf(double x) {
        double z = Math.abs(x);
        double t = 1 / (1 + 0.5 * z);
        double exponent = 0;
        for (double coefficient : ERFC) {
            exponent = exponent * t + coefficient;
        }
        double complement = t * Math.exp(-z * z + exponent);
        return x >= 0 ? 1 - complement : complement - 1;
    }

    /** Sum of the squares of the first numbers, in eight running sums: one alone would wait for each addition. */
    public static float sumOfSquares(float[] x, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            s0 += x[i] * x[i];
            s1 += x[i + 1] * x[i + 1];
            s2 += x[i + 2] * x[i + 2];
            s3 += x[i + 3] * x[i + 3];
            s4 += x[i + 4] * x[i + 4];
            s5 += x[i + 5] * x[i + 5];
            s6 += x[i + 6] * x[i + 6];
            s7 += x[i + 7] * x[i + 7];
        }
        for (; i < count; i++) {
            s0 += x[i] * x[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}
