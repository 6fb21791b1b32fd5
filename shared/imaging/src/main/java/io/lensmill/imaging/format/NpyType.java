package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The NumPy element types that are read. Integers keep their value; nothing is rescaled. */
enum NpyType {
    FLOAT32("f4", 4) {
        @Override
        float read(ByteBuffer data, int offset) {
            return data.getFloat(offset);
        }
    },
    FLOAT64("f8", 8) {
        @Override
        float read(ByteBuffer data, int offset) {
            return (float) data.getDouble(offset);
        }

        @Override
        double readDouble(ByteBuffer data, int offset) {
            return data.getDouble(offset);
        }
    },
    UINT8("u1", 1) {
        @Override
        float read(ByteBuffer data, int offset) {
            return data.get(offset) & 0xff;
        }
    },
    UINT16("u2", 2) {
        @Override
        float read(ByteBuffer data, int offset) {
            return data.getShort(offset) & 0xffff;
        }
    },
    INT16("i2", 2) {
        @Override
        float read(ByteBuffer data, int offset) {
            return data.getShort(offset);
        }
    },
    INT32("i4", 4) {
        @Override
        float read(ByteBuffer data, int offset) {
            return data.getInt(offset);
        }

        @Override
        double readDouble(ByteBuffer data, int offset) {
            return data.getInt(offset);
        }
    },
    INT64("i8", 8) {
        @Override
        float read(ByteBuffer data, int offset) {
            return data.getLong(offset);
        }

        @Override
        double readDouble(ByteBuffer data, int offset) {
            return data.getLong(offset);
        }
    };

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The element at this byte offset, in the buffer's byte order. */
    abstract float read(ByteBuffer data, int offset);

    /** As {@link #read}, without the loss of float32 where the type has more digits. */
    double readDouble(ByteBuffer data, int offset) {
        return read(data, offset);
    }

    int bytes() {
        return bytes;
    }

    boolean isWhole() {
        return !code.startsWith("f");
    }

    /**
     * Type of a NumPy descriptor such as {@code <f4}: byte order, then kind and size.
     *
     * @throws ImageFormatException when it is another type; Python objects are named as such
     */
    static NpyType of(String descriptor) throws ImageFormatException {
        if (descriptor.endsWith("O") || descriptor.startsWith("|O")) {
            throw ImageFormatException.wrongShape(
                    "The .npy file holds pickled Python objects; only arrays of numbers are read.");
        }
        String code = descriptor.length() == 3 ? descriptor.substring(1) : "";
        // No stream: this is done for every image.
        for (NpyType type : values()) {
            if (type.code.equals(code) && type.allows(descriptor.charAt(0))) {
                return type;
            }
        }
        throw ImageFormatException.wrongShape(
                "The element type must be one of " + supported() + " (or big-endian); got '" + descriptor + "'.");
    }

    /** Byte order of a descriptor that {@link #of} accepts. */
    static ByteOrder order(String descriptor) {
        return descriptor.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private boolean allows(char order) {
        return bytes == 1 ? "|<>".indexOf(order) >= 0 : "<>".indexOf(order) >= 0;
    }

    private static String supported() {
        return Arrays.stream(values())
                .map(type -> (type.bytes == 1 ? "|" : "<") + type.code)
                .collect(Collectors.joining(", "));
    }
}
