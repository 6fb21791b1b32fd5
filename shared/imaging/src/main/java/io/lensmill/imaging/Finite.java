package io.lensmill.imaging;

/** The check that every decoder ends with. */
final class Finite {

    private Finite() {}

    /** @throws ImageFormatException NOT_FINITE, naming the first such pixel and how many there are */
    static FloatImage require(FloatImage image) throws ImageFormatException {
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

    /** Index of the first value that is NaN or infinite, or -1. */
    static int firstIn(float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return i;
            }
        }
        return -1;
    }
}
