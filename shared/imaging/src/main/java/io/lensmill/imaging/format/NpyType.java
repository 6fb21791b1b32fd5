package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** The NumPy element types that are read. Integers keep their value; nothing is rescaled. */
enum NpyType {
    FLOAT16("f2", 2),
    FLOAT32("f4", 4),
    FLOAT64("f8", 8),
    BOOL("b1", 1),
    UINT8("u1", 1),
    INT8("i1", 1),
    UINT16("u2", 2),
    INT16("i2", 2),
    UINT32("u4", 4),
    INT32("i4", 4),
    UINT64("u8", 8),
    INT64("i8", 8);

    /** What else a file may hold, by the letter of its kind, and what to do about it. */
    private static final Map<Character, String> OTHER_KINDS = Map.of(
            'O',
            "pickled Python objects, which are not read; save the image alone: np.save(f, a[0]) where a holds it",
            'V',
            "a structured array; save one of its fields: np.save(f, a['name'])",
            'c',
            "complex numbers; save what is meant of them: np.save(f, abs(a)) or np.save(f, a.real)",
            'M',
            "dates, which are no pixels",
            'm',
            "spans of time, which are no pixels",
            'U',
            "text, which is no pixels",
            'S',
            "text in bytes, which is no pixels",
            'a',
            "text in bytes, which is no pixels",
            'f',
            "floating point of a width that is not read; save it as float64: np.save(f, a.astype('f8'))");

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    boolean isWhole() {
        return code.charAt(0) != 'f';
    }

    /** Whether all 64 bits are value. */
    boolean isUnsigned() {
        return this == UINT64;
    }

    /** Whether float32 holds every value of this type. */
    boolean isNarrow() {
        return bytes <= 2 || this == FLOAT32;
    }

    /** An integer at this byte offset, in the buffer's byte order; that of {@link #UINT64} without a sign. */
    long whole(ByteBuffer data, int offset) {
        return switch (this) {
            case BOOL -> data.get(offset) == 0 ? 0 : 1;
            case UINT8 -> data.get(offset) & 0xff;
            case INT8 -> data.get(offset);
            case UINT16 -> data.getShort(offset) & 0xffff;
            case INT16 -> data.getShort(offset);
            case UINT32 -> data.getInt(offset) & 0xffffffffL;
            case INT32 -> data.getInt(offset);
            default -> data.getLong(offset);
        };
    }

    /** The element at this byte offset in double: exact but for integers beyond 2^53. */
    double number(ByteBuffer data, int offset) {
        return switch (this) {
            case FLOAT16 -> half(data.getShort(offset));
            case FLOAT32 -> data.getFloat(offset);
            case FLOAT64 -> data.getDouble(offset);
            case UINT64 -> {
                long value = data.getLong(offset);
                // The lowest bit is kept when it is halved, so that it still decides how to round.
                yield value >= 0 ? value : 2 * (double) ((value >>> 1) | (value & 1));
            }
            default -> (double) whole(data, offset);
        };
    }

    /**
     * Type of a NumPy descriptor such as {@code <f4}: byte order (little-endian where none is said), then kind and
     * size.
     *
     * @throws ImageFormatException WRONG_SHAPE when it is another type, saying what the file holds
     */
    static NpyType of(String descriptor) throws ImageFormatException {
        int begin = hasOrder(descriptor) ? 1 : 0;
        // No stream: this is done for every image.
        for (NpyType type : values()) {
            if (descriptor.length() == begin + 2 && descriptor.startsWith(type.code, begin)) {
                return type;
            }
        }
        String code = descriptor.substring(begin);
        if (code.equals("?")) {
            return BOOL;
        }
        String found = code.isEmpty() ? null : OTHER_KINDS.get(code.charAt(0));
        throw ImageFormatException.wrongShape("The .npy file holds "
                + (found == null ? "elements of an unknown type" : found) + " ('" + descriptor
                + "'). Read are float16, float32, float64, bool and integers of 8 to 64 bits.");
    }

    /** Byte order of a descriptor. */
    static ByteOrder order(String descriptor) {
        return descriptor.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static boolean hasOrder(String descriptor) {
        return !descriptor.isEmpty() && "<>|=".indexOf(descriptor.charAt(0)) >= 0;
    }

    /** IEEE 754 binary16: sign, five bits of exponent, ten of fraction. */
    private static float half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude;
        if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
