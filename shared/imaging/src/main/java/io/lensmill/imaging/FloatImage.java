package io.lensmill.imaging;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A grey image: float32 pixels, row by row, [height, width]; row 0 is the first row of the file.
 *
 * @param height rows
 * @param width columns
 * @param pixels height * width values, not copied
 * @param header what the file says about the image, by FITS keyword; empty for other formats
 */
public record FloatImage(int height, int width, float[] pixels, SortedMap<String, String> header) {

    /** @throws IllegalArgumentException when the sizes are not positive or do not fit the pixels */
    public FloatImage {
        if (height < 1 || width < 1 || pixels.length != Math.multiplyExact(height, width)) {
            throw new IllegalArgumentException(
                    "An image of " + height + " x " + width + " cannot have " + pixels.length + " pixels");
        }
        header = Collections.unmodifiableSortedMap(new TreeMap<>(header));
    }

    /** An image of which nothing else is known. */
    public FloatImage(int height, int width, float[] pixels) {
        this(height, width, pixels, Collections.emptySortedMap());
    }

    public float at(int row, int column) {
        return pixels[row * width + column];
    }

    /** (x - min) / (max - min) in new pixels; all 0 when min equals max. NaN stays NaN and counts for neither. */
    public FloatImage minMax() {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (float value : pixels) {
            min = value < min ? value : min;
            max = value > max ? value : max;
        }
        // In double: the range of two float32 values may exceed float32.
        double range = (double) max - min;
        float[] unit = new float[pixels.length];
        if (range > 0) {
            for (int i = 0; i < unit.length; i++) {
                unit[i] = (float) ((pixels[i] - (double) min) / range);
            }
        }
        return new FloatImage(height, width, unit);
    }
}
