package io.lensmill.imaging.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The format of a file that nobody named as an image, by its first bytes. Unlike {@link FileFormat#of} it looks into
 * what holds other things as well: a zip archive may be a document, and gzip anything.
 */
public final class FirstBytes {

    /** So many first bytes of a file are enough, or all where it has fewer. */
    public static final int ENOUGH = 4096;

    /** Of the header of the first file in a zip archive: APPNOTE.TXT 4.3.7. */
    private static final int ZIP_NAME_LENGTH = 26;

    private static final int ZIP_NAME = 30;

    private FirstBytes() {}

    /** Empty where it is no image that is read. */
    public static Optional<FileFormat> format(byte[] first) {
        return FileFormat.of(first).filter(format -> switch (format) {
            case NPZ -> holdsArray(first);
            case FITS_GZIP -> holdsFits(first);
            default -> true;
        });
    }

    private static boolean holdsArray(byte[] zip) {
        if (zip.length < ZIP_NAME) {
            return false;
        }
        int length = (zip[ZIP_NAME_LENGTH] & 0xff) | (zip[ZIP_NAME_LENGTH + 1] & 0xff) << 8;
        int end = Math.min(zip.length, ZIP_NAME + length);
        return new String(zip, ZIP_NAME, end - ZIP_NAME, StandardCharsets.ISO_8859_1).endsWith(".npy");
    }

    private static boolean holdsFits(byte[] gzip) {
        try (GZIPInputStream inflated = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return FileFormat.of(inflated.readNBytes(FileFormat.MAGIC_BYTES)).equals(Optional.of(FileFormat.FITS));
        } catch (IOException e) {
            return false;
        }
    }
}
