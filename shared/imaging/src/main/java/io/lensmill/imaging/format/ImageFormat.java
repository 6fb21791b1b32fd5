package io.lensmill.imaging.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The image formats that are read, each known by the first bytes of a file. */
public enum ImageFormat {
    NPY(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'}),
    /** A zip archive of .npy files. */
    NPZ(new byte[] {'P', 'K', 3, 4}),
    PNG(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}),
    FITS("SIMPLE  =".getBytes(StandardCharsets.US_ASCII)),
    /** Gzip around FITS: the only use of gzip here. */
    FITS_GZIP(new byte[] {0x1f, (byte) 0x8b});

    private final byte[] magic;

    ImageFormat(byte[] magic) {
        this.magic = magic;
    }

    /** Format of a file by its first bytes, or empty when it is none of these. */
    public static Optional<ImageFormat> of(byte[] file) {
        return Arrays.stream(values()).filter(format -> format.begins(file)).findFirst();
    }

    private boolean begins(byte[] file) {
        return file.length >= magic.length && Arrays.equals(file, 0, magic.length, magic, 0, magic.length);
    }
}
