package io.lensmill.imaging;

/**
 * Whether an image shows anything. A network answers an empty image like any other, and with confidence; all empty
 * images
 * have one embedding.
 */
public final class Information {

    /** An image of fewer pixels a side shows no lens, and a strip is cut to a square of its shorter side. */
    public static final int LEAST_SIDE = 8;

    private Information() {}

    /** @throws ImageFormatException NO_INFORMATION, for fewer than 8 pixels a side and for one value throughout */
    public static FloatImage require(FloatImage image) throws ImageFormatException {
        if (image.height() < LEAST_SIDE || image.width() < LEAST_SIDE) {
            throw ImageFormatException.noInformation("It has " + image.height() + " x " + image.width()
                    + " pixels, which show nothing; an image must have " + LEAST_SIDE + " a side at least.");
        }
        if (isConstant(image)) {
            throw ImageFormatException.noInformation(
                    "All its pixels have one value in float32" + shown(image.pixels()) + ", so that it shows nothing.");
        }
        return image;
    }

    /** Whether an image shows something, and still does as the network takes it. */
    public static boolean isIn(FloatImage image, FloatImage prepared) {
        return Math.min(image.height(), image.width()) >= LEAST_SIDE && !isConstant(prepared);
    }

    /** Whether all pixels that are there have one value; ends at the first that differs. */
    public static boolean isConstant(FloatImage image) {
        float[] pixels = image.pixels();
        float value = Float.NaN;
        for (float pixel : pixels) {
            if (Float.isNaN(value)) {
                value = pixel;
            } else if (pixel != value && !Float.isNaN(pixel)) {
                return false;
            }
        }
        return true;
    }

    private static String shown(float[] pixels) {
        for (float pixel : pixels) {
            if (!Float.isNaN(pixel)) {
                return " (" + pixel + ")";
            }
        }
        return "";
    }
}
