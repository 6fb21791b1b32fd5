package io.lensmill.imaging;

/**
 * A grey image: float32 pixels, row by row, [height, width]; row 0 is the first row of the file.
 *
 * @param height rows
 * @param width columns
 * @param pixels height * width values, not copied
 */
public record FloatImage(int height, int width, float[] pixels) {

    /** @throws IllegalArgumentException when the sizes are not positive or do not fit the pixels */
    public FloatImage {
        if (height < 1 || width < 1 || pixels.length != Math.multiplyExact(height, width)) {
            throw new IllegalArgumentException(
                    "An image of " + height + " x " + width + " cannot have " + pixels.length + " pixels");
        }
    }

    public float at(int row, int column) {
        return pixels[row * width + column];
    }
}
