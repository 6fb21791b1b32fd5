package io.lensmill.imaging.format;

import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/**
 * Numbers of other types as the float32 pixels of an image. What float32 holds exactly stays as it is, value by value.
 * Where it would lose integers, the least value is taken off all pixels first: every preprocessing begins with
 * (x - min) / (max - min), which has no use for an offset.
 */
final class Float32 {

    /** Binary digits of a float32's significand. */
    private static final int SIGNIFICANT_BITS = 24;

    /** Up to here a double holds every integer. */
    private static final double EXACT_IN_DOUBLE = 1L << 53;

    private Float32() {}

    /** A pixel that has no value. */
    interface Missing {

        Missing NONE = value -> false;

        boolean is(long value);
    }

    /**
     * @param values integers, in two's complement or without a sign
     * @param unsigned whether they are without a sign
     * @param missing values that become NaN
     */
    static float[] ofIntegers(int count, IntToLongFunction values, boolean unsigned, Missing missing) {
        // Adding 2^63 makes the order without a sign that of signed numbers.
        long flip = unsigned ? Long.MIN_VALUE : 0;
        long least = Long.MAX_VALUE;
        boolean loses = false;
        for (int i = 0; i < count; i++) {
            long value = values.applyAsLong(i);
            if (!missing.is(value)) {
                least = Math.min(least, value ^ flip);
                loses |= !isExact(value, unsigned);
            }
        }
        long offset = loses ? least ^ flip : 0;
        boolean magnitude = unsigned || loses;
        float[] pixels = new float[count];
        for (int i = 0; i < count; i++) {
            long value = values.applyAsLong(i);
            pixels[i] = missing.is(value) ? Float.NaN : toFloat(value - offset, magnitude);
        }
        return pixels;
    }

    /** As it is, unless the finite values are integers throughout and float32 loses some of them. */
    static float[] ofDoubles(int count, IntToDoubleFunction values) {
        double offset = lostIntegersFrom(count, values);
        float[] pixels = new float[count];
        for (int i = 0; i < count; i++) {
            pixels[i] = (float) (values.applyAsDouble(i) - offset);
        }
        return pixels;
    }

    /** What is to be taken off: the least value, or 0. Most images of fractions are left at their first pixel. */
    private static double lostIntegersFrom(int count, IntToDoubleFunction values) {
        double least = Double.POSITIVE_INFINITY;
        boolean loses = false;
        for (int i = 0; i < count; i++) {
            double value = values.applyAsDouble(i);
            if (Double.isNaN(value)) {
                continue;
            }
            if (value != Math.rint(value) || Math.abs(value) > EXACT_IN_DOUBLE) {
                return 0;
            }
            least = Math.min(least, value);
            loses |= (float) value != value;
        }
        return loses ? least : 0;
    }

    private static boolean isExact(long value, boolean unsigned) {
        long magnitude = unsigned ? value : Math.abs(value);
        return Long.SIZE - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude)
                <= SIGNIFICANT_BITS;
    }

    /** @param magnitude whether all 64 bits are value; the lowest bit is then kept when they are halved */
    private static float toFloat(long value, boolean magnitude) {
        return magnitude && value < 0 ? 2 * (float) ((value >>> 1) | (value & 1)) : (float) value;
    }
}
