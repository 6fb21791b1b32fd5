package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;

/**
 * How much larger than its file an image may be. Whoever sends a small file may cause little work: noise does not
 * compress, so an image of a camera has some bits for each pixel, while a bomb has a thousandth of one.
 */
final class Expansion {

    /** Inflated bytes that any file may have: 1,024 x 1,024 pixels of float64. */
    private static final long FREE_BYTES = 8 << 20;

    private static final int BYTES_FROM_BYTE = 128;

    /** Pixels that any file may have: 1,024 x 1,024. */
    private static final long FREE_PIXELS = 1 << 20;

    /** A quarter of a bit for each pixel. */
    private static final int PIXELS_FROM_BYTE = 32;

    private Expansion() {}

    /** Most bytes that a packed file may inflate to: 8 MiB and 128 for each of its own, within the limits. */
    static long mostBytes(int fileBytes, ImageLimits limits) {
        return Math.min(limits.maxFileBytes(), FREE_BYTES + (long) BYTES_FROM_BYTE * fileBytes);
    }

    /** @throws ImageFormatException TOO_LARGE beyond 1 Mi pixels and 32 for each byte of the file */
    static void checkPixels(long height, long width, int fileBytes) throws ImageFormatException {
        long most = FREE_PIXELS + (long) PIXELS_FROM_BYTE * fileBytes;
        if (height * width > most) {
            throw ImageFormatException.tooLarge("A compressed image of " + height + " x " + width + " pixels in "
                    + fileBytes + " bytes is not unpacked; at most " + most + " pixels are, of a file of this size.");
        }
    }
}
