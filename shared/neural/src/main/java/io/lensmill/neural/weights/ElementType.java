package io.lensmill.neural.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types that safetensors knows for a tensor's numbers; those with a fraction are read as float32. */
public enum ElementType {
    F32(32, true),
    F16(16, true),
    BF16(16, true),
    F64(64, true),
    F8_E4M3(8, false),
    F8_E5M2(8, false),
    F8_E8M0(8, false),
    F6_E2M3(6, false),
    F6_E3M2(6, false),
    F4(4, false),
    C64(64, false),
    BOOL(8, false),
    I8(8, false),
    U8(8, false),
    I16(16, false),
    U16(16, false),
    I32(32, false),
    U32(32, false),
    I64(64, false),
    U64(64, false);

    private static final Map<String, ElementType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    private static final int MANTISSA_BITS_F32 = 23;
    private static final int MANTISSA_BITS_F16 = 10;
    private static final int EXPONENT_BIAS_F32 = 127;
    private static final int EXPONENT_BIAS_F16 = 15;

    private final int bits;
    private final boolean readable;

    ElementType(int bits, boolean readable) {
        this.bits = bits;
        this.readable = readable;
    }

    static Optional<ElementType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Bits of one number. */
    public int bits() {
        return bits;
    }

    /** Whether its numbers can be weights: F32, F16, BF16 and F64. */
    public boolean isReadable() {
        return readable;
    }

    /**
     * Numbers as float32: F16 and BF16 exactly, F64 rounded to the nearest, infinite where it is beyond float32.
     *
     * @param data little-endian; exactly the bytes of the numbers
     * @throws IllegalArgumentException when the type is not readable
     */
    float[] toFloats(ByteBuffer data) {
        if (!readable) {
            throw new IllegalArgumentException(this + " is not read as float32");
        }
        float[] values = new float[data.remaining() / (bits / 8)];
        switch (this) {
            case F32 -> data.asFloatBuffer().get(values);
            case F64 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) data.getDouble();
                }
            }
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat(data.getShort() << 16);
                }
            }
            default -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = half(data.getShort());
                }
            }
        }
        return values;
    }

    /** IEEE 754 binary16 as float32; Java has it from version 20 on. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> MANTISSA_BITS_F16) & 0x1F;
        int mantissa = bits & 0x3FF;
        if (exponent == 0) {
            // Zero, or below the smallest normal number: the mantissa counts 2^-24.
            float magnitude = mantissa * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1F ? 0xFF : exponent - EXPONENT_BIAS_F16 + EXPONENT_BIAS_F32;
        return Float.intBitsToFloat(
                sign | (wide << MANTISSA_BITS_F32) | (mantissa << (MANTISSA_BITS_F32 - MANTISSA_BITS_F16)));
    }
}
