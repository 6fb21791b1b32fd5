package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/** BSCALE and BZERO: a pixel is zero + scale * stored value (standard, equation 3). */
record FitsScale(double scale, double zero) {

    private static final double TWO_TO_63 = 0x1p63;

    /** Offsets up to here, added to integers of 32 bits, stay within those of 64. */
    private static final double MAX_WHOLE_ZERO = 0x1p53;

    static FitsScale of(FitsHeader header) throws ImageFormatException {
        return new FitsScale(header.number("BSCALE", 1), header.number("BZERO", 0));
    }

    boolean isNone() {
        return scale == 1 && zero == 0;
    }

    /**
     * Pixels of stored integers, exact where they are integers themselves.
     *
     * @param blanks whether the stored value {@code blank} is a pixel without a value
     */
    float[] integers(int count, IntToLongFunction stored, boolean blanks, long blank) {
        if (scale == 1 && zero == TWO_TO_63) {
            // Integers without a sign are stored less 2^63, which is their highest bit turned over.
            Float32.Missing turned = blanks ? value -> value == (blank ^ Long.MIN_VALUE) : Float32.Missing.NONE;
            return Float32.ofIntegers(count, i -> stored.applyAsLong(i) ^ Long.MIN_VALUE, true, turned);
        }
        if (scale == 1 && zero == Math.rint(zero) && Math.abs(zero) <= MAX_WHOLE_ZERO && fits(count, stored)) {
            long whole = (long) zero;
            Float32.Missing shifted = blanks ? value -> value == blank + whole : Float32.Missing.NONE;
            return Float32.ofIntegers(count, i -> stored.applyAsLong(i) + whole, false, shifted);
        }
        return doubles(count, i -> {
            long value = stored.applyAsLong(i);
            return blanks && value == blank ? Double.NaN : value;
        });
    }

    /** Pixels of stored numbers of floating point. */
    float[] doubles(int count, IntToDoubleFunction stored) {
        return isNone()
                ? Float32.ofDoubles(count, stored)
                : Float32.ofDoubles(count, i -> zero + scale * stored.applyAsDouble(i));
    }

    /** Whether no sum with the offset leaves 64 bits. */
    private boolean fits(int count, IntToLongFunction stored) {
        if (zero == 0) {
            return true;
        }
        for (int i = 0; i < count; i++) {
            long highest = stored.applyAsLong(i) >> 62;
            if (highest != 0 && highest != -1) {
                return false;
            }
        }
        return true;
    }
}
