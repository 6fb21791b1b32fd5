package io.lensmill.imaging.format;

import io.lensmill.contracts.ImageFormat;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The image files that are read: each with the bytes it begins with, how messages call it, its codec and the endings of
 * its names. Everything else that knows formats walks this list.
 */
public enum FileFormat {
    NPY(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'}, ImageFormat.NPY, NpyCodec::read, ".npy"),
    /** A zip archive of .npy files. */
    NPZ(new byte[] {'P', 'K', 3, 4}, ImageFormat.NPY, NpzCodec::read, ".npz"),
    PNG(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, ImageFormat.PNG, PngCodec::decode, ".png"),
    FITS(
            "SIMPLE  =".getBytes(StandardCharsets.US_ASCII),
            ImageFormat.FITS,
            FitsCodec::read,
            ".fits",
            ".fit",
            ".fts",
            ".fits.fz",
            ".fit.fz"),
    /** Gzip around FITS: the only use of gzip here. */
    FITS_GZIP(new byte[] {0x1f, (byte) 0x8b}, ImageFormat.FITS, FitsCodec::readGzip, ".fits.gz", ".fit.gz", ".fts.gz");

    /** So many first bytes are enough to tell a file's format. */
    public static final int MAGIC_BYTES = Arrays.stream(values())
            .mapToInt(format -> format.magic.length)
            .max()
            .orElseThrow();

    private final byte[] magic;
    private final ImageFormat inMessages;
    private final Codec codec;
    private final List<String> endings;

    /** Reads a whole file; pixels may be NaN or infinite. */
    private interface Codec {
        FloatImage read(byte[] file, ImageLimits limits) throws ImageFormatException;
    }

    FileFormat(byte[] magic, ImageFormat inMessages, Codec codec, String... endings) {
        this.magic = magic;
        this.inMessages = inMessages;
        this.codec = codec;
        this.endings = List.of(endings);
    }

    /** Format of a file by its first bytes, or empty when it is none of these. */
    public static Optional<FileFormat> of(byte[] file) {
        return Arrays.stream(values()).filter(format -> format.begins(file)).findFirst();
    }

    /** What a message that carries the file calls its format; empty when it is none of these. */
    public static Optional<ImageFormat> inMessages(byte[] file) {
        return of(file).map(format -> format.inMessages);
    }

    /** Whether a file or object of this name is an image, as its ending says, in capitals or not. */
    public static boolean isNameOfImage(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .flatMap(format -> format.endings.stream())
                .anyMatch(lower::endsWith);
    }

    /** The endings of all formats, for people: {@code .npy, .npz, …}. */
    static String listed() {
        return Arrays.stream(values())
                .flatMap(format -> format.endings.stream())
                .collect(Collectors.joining(", "));
    }

    /** Usual endings of this format's files, with the dot, in small letters. */
    public List<String> endings() {
        return endings;
    }

    FloatImage read(byte[] file, ImageLimits limits) throws ImageFormatException {
        return codec.read(file, limits);
    }

    private boolean begins(byte[] file) {
        return file.length >= magic.length && Arrays.equals(file, 0, magic.length, magic, 0, magic.length);
    }
}
