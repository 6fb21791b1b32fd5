package io.lensmill.neural.host;

/** Float32 functions that are accurate to about 2 units in the last place and much faster than {@link Math}'s. */
public final class FloatMath {

    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float ROUND = 12582912f; // 1.5 * 2^23: adding it leaves a whole number in the low bits.
    private static final int ROUND_BITS = 0x4B400000;

    private FloatMath() {}

    /** e^x; 0 below -87 and infinite above 88, as float32 has it. Polynomial of the Cephes library's expf. */
    public static float exp(float x) {
        float bounded = Math.max(-87.3f, Math.min(88.3f, x));
        float shifted = bounded * LOG2_E + ROUND;
        float n = shifted - ROUND;
        float r = bounded - n * LN2_HIGH - n * LN2_LOW;
        float p = 1.9875691500e-4f;
        p = p * r + 1.3981999507e-3f;
        p = p * r + 8.3334519073e-3f;
        p = p * r + 4.1665795894e-2f;
        p = p * r + 1.6666665459e-1f;
        p = p * r + 5.0000001201e-1f;
        float value = p * r * r + r + 1f;
        return value * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) - ROUND_BITS + 127) << 23);
    }

    /** 1 / (1 + e^-x). */
    public static float sigmoid(float x) {
        return 1f / (1f + exp(-x));
    }

    /** Coefficients of the Chebyshev fit of erfc (Press et al., Numerical Recipes, section 6.2), highest power first. */
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
}
