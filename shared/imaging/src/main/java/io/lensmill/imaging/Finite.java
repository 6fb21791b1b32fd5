package io.lensmill.imaging;

import java.util.Arrays;

/** The checks that decoding ends with, and the filling of gaps. */
public final class Finite {

    private Finite() {}

    /** @throws ImageFormatException NOT_FINITE, naming the first such pixel and how many there are */
    public static FloatImage require(FloatImage image) throws ImageFormatException {
        int first = firstIn(image.pixels());
        if (first < 0) {
            return image;
        }
        long count = 0;
        for (float value : image.pixels()) {
            count += Float.isFinite(value) ? 0 : 1;
        }
        throw ImageFormatException.notFinite(count + " of " + image.pixels().length
                + " pixels are NaN, infinite or outside the range of float32; the first at row "
                + first / image.width() + ", column " + first % image.width() + ".");
    }

    /**
     * @throws ImageFormatException NOT_FINITE when a pixel is infinite; NO_INFORMATION when half of the pixels or
     * more are
     *     NaN
     */
    public static FloatImage requireHalf(FloatImage image) throws ImageFormatException {
        int missing = 0;
        for (float value : image.pixels()) {
            if (Float.isInfinite(value)) {
                throw ImageFormatException.notFinite("A pixel is infinite or outside the range of float32.");
            }
            missing += Float.isNaN(value) ? 1 : 0;
        }
        if (2L * missing >= image.pixels().length) {
            throw ImageFormatException.noInformation(missing + " of " + image.pixels().length
                    + " pixels are missing (NaN or BLANK); less than half may be.");
        }
        return image;
    }

    private static boolean hasGap(float[] pixels) {
        for (float value : pixels) {
            if (Float.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    /** The image with the median of its other pixels (the lower of two) in place of NaN; itself when there is none. */
    public static FloatImage filled(FloatImage image) {
        if (!hasGap(image.pixels())) {
            // Nearly every image; sorting takes longer than all the rest.
            return image;
        }
        float[] sorted = image.pixels().clone();
        // NaN is sorted to the end.
        Arrays.sort(sorted);
        int present = sorted.length;
        while (present > 0 && Float.isNaN(sorted[present - 1])) {
            present--;
        }
        if (present == 0) {
            return image;
        }
        float median = sorted[(present - 1) / 2];
        float[] filled = image.pixels().clone();
        for (int i = 0; i < filled.length; i++) {
            filled[i] = Float.isNaN(filled[i]) ? median : filled[i];
        }
        return new FloatImage(image.height(), image.width(), filled, image.header());
    }

    /** Index of the first value that is NaN or infinite, or -1. */
    public static int firstIn(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }
}
