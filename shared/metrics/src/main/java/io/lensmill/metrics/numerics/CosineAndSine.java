package io.lensmill.metrics.numerics;

/**
 * Cosine and sine of many angles at once: multiplications and additions alone, which the Java compiler turns into
 * vector instructions, where Math.cos and Math.sin are two calls per angle. The angle less its whole turns, a quarter
 * of that in a Taylor polynomial, and two doublings: cos 2y = 1 - 2 sin² y, sin 2y = 2 sin y cos y.
 */
public final class CosineAndSine {

    /** Adding and subtracting it rounds to a whole number. */
    private static final double ROUNDING = 0x1.8p52;

    private static final double TURNS = 1 / (2 * Math.PI);
    /** 2π in two parts: the first has so few digits that its multiples up to 2²⁶ are exact. */
    private static final double TURN = Double.longBitsToDouble(Double.doubleToLongBits(2 * Math.PI) & -1L << 26);

    /** What double precision leaves out of 2π itself is 2.45e-16. */
    private static final double TURN_REST = 2 * Math.PI - TURN + 2.4492935982947064e-16;

    private static final double S3 = -1.0 / 6;
    private static final double S5 = 1.0 / 120;
    private static final double S7 = -1.0 / 5040;
    private static final double S9 = 1.0 / 362_880;
    private static final double S11 = -1.0 / 39_916_800;
    private static final double S13 = 1.0 / 6_227_020_800.0;
    private static final double S15 = -1.0 / 1_307_674_368_000.0;

    private static final double C2 = -1.0 / 2;
    private static final double C4 = 1.0 / 24;
    private static final double C6 = -1.0 / 720;
    private static final double C8 = 1.0 / 40_320;
    private static final double C10 = -1.0 / 3_628_800;
    private static final double C12 = 1.0 / 479_001_600;
    private static final double C14 = -1.0 / 87_178_291_200.0;
    private static final double C16 = 1.0 / 20_922_789_888_000.0;

    private CosineAndSine() {}

    /**
     * Error up to 4e-15, plus what rounding of the angle itself makes of it, for angles up to 10⁸ either way.
     *
     * @param angles in radians; destroyed
     * @param cosines become the cosines of the first {@code count} angles
     * @param sines become their sines
     */
    public static void of(double[] angles, double[] cosines, double[] sines, int count) {
        for (int i = 0; i < count; i++) {
            double turns = angles[i] * TURNS + ROUNDING - ROUNDING;
            angles[i] = (angles[i] - turns * TURN - turns * TURN_REST) / 4;
        }
        for (int i = 0; i < count; i++) {
            double y = angles[i];
            double z = y * y;
            sines[i] = y + y * z * (S3 + z * (S5 + z * (S7 + z * (S9 + z * (S11 + z * (S13 + z * S15))))));
        }
        for (int i = 0; i < count; i++) {
            double z = angles[i] * angles[i];
            cosines[i] = 1 + z * (C2 + z * (C4 + z * (C6 + z * (C8 + z * (C10 + z * (C12 + z * (C14 + z * C16)))))));
        }
        for (int i = 0; i < count; i++) {
            double sine = 2 * sines[i] * cosines[i];
            double cosine = 1 - 2 * sines[i] * sines[i];
            sines[i] = 2 * sine * cosine;
            cosines[i] = 1 - 2 * sine * sine;
        }
    }
}
