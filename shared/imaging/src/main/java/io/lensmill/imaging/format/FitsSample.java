package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.nio.ByteBuffer;

/** The number types of FITS: BITPIX 8, 16, 32, 64 are integers, -32 and -64 floating point; all big-endian. */
enum FitsSample {
    BYTE(8),
    SHORT(16),
    INT(32),
    LONG(64),
    FLOAT(-32),
    DOUBLE(-64);

    private final int bitpix;

    FitsSample(int bitpix) {
        this.bitpix = bitpix;
    }

    /** @param keyword that holds it, for the message */
    static FitsSample of(long bitpix, String keyword) throws ImageFormatException {
        for (FitsSample sample : values()) {
            if (sample.bitpix == bitpix) {
                return sample;
            }
        }
        throw ImageFormatException.undecodable(keyword + " must be 8, 16, 32, 64, -32 or -64; got " + bitpix + ".");
    }

    int bytes() {
        return Math.abs(bitpix) / 8;
    }

    boolean isWhole() {
        return bitpix > 0;
    }

    /** An integer; those of 8 bits have no sign. */
    long whole(ByteBuffer data, int index) {
        int offset = index * bytes();
        return switch (this) {
            case BYTE -> data.get(offset) & 0xff;
            case SHORT -> data.getShort(offset);
            case INT -> data.getInt(offset);
            default -> data.getLong(offset);
        };
    }

    /** A number of floating point. */
    double number(ByteBuffer data, int index) {
        int offset = index * bytes();
        return this == FLOAT ? data.getFloat(offset) : data.getDouble(offset);
    }
}
