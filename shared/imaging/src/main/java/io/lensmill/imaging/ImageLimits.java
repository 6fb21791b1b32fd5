package io.lensmill.imaging;

/**
 * What a decoder accepts. Checked before memory is reserved for the pixels.
 *
 * @param maxSide largest height or width, in pixels
 * @param maxFileBytes largest file, also after gzip is undone
 */
public record ImageLimits(int maxSide, long maxFileBytes) {

    /** Sides up to 4,096 pixels and files up to 160 MiB: a float64 image of the largest size, with its header. */
    public static final ImageLimits DEFAULT = new ImageLimits(4096, 160L << 20);

    /** @throws IllegalArgumentException when a limit is not positive or a side is above 16,384 pixels */
    public ImageLimits {
        if (maxSide < 1 || maxSide > 16_384 || maxFileBytes < 1) {
            throw new IllegalArgumentException(
                    "maxSide must be 1 to 16384 and maxFileBytes positive; got " + maxSide + " and " + maxFileBytes);
        }
    }

    public void checkFile(long bytes) throws ImageFormatException {
        if (bytes > maxFileBytes) {
            throw ImageFormatException.tooLarge(
                    "The file has " + bytes + " bytes; at most " + maxFileBytes + " are accepted.");
        }
    }

    public void checkSides(long height, long width) throws ImageFormatException {
        if (height < 1 || width < 1) {
            throw ImageFormatException.wrongShape("The image has no pixels: " + height + " x " + width + ".");
        }
        if (height > maxSide || width > maxSide) {
            throw ImageFormatException.tooLarge("The image is " + height + " x " + width + " pixels; at most " + maxSide
                    + " per side are accepted.");
        }
    }
}
