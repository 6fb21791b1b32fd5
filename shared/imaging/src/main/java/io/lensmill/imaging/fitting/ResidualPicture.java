package io.lensmill.imaging.fitting;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.picture.ColourMap;
import io.lensmill.imaging.picture.ContactSheet;
import io.lensmill.imaging.picture.ContactSheet.Look;
import io.lensmill.imaging.picture.ContactSheet.Row;
import io.lensmill.imaging.picture.ContactSheet.Stretch;
import io.lensmill.imaging.preprocessing.Resampling;
import java.util.List;
import java.util.Locale;

/** A picture of a fit: the image, the lens that was fitted, and what is left. */
public final class ResidualPicture {

    private static final int CELL = 300;

    /** Standard deviations of the noise that are shown as the ends of the colour map. */
    private static final float ENDS = 5;

    private static final List<ColourMap> COLOURS = List.of(ColourMap.INFERNO, ColourMap.INFERNO, ColourMap.BLUE_RED);

    private ResidualPicture() {}

    /** A PNG file; what is left goes from -5 (blue) to 5 (red) standard deviations, 0 is white. */
    public static byte[] png(String name, FloatImage image, LensFit fit) {
        FloatImage square = Resampling.centreSquare(image);
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float pixel : square.pixels()) {
            low = pixel < low ? pixel : low;
            high = pixel > high ? pixel : high;
        }
        float range = high > low ? high - low : 1;
        List<FloatImage> three = List.of(
                scaled(square, low, range), scaled(fit.model(), low, range), scaled(fit.residual(), -ENDS, 2 * ENDS));
        int cell = square.width() >= CELL ? square.width() : CELL / square.width() * square.width();
        String title = String.format(
                Locale.ROOT,
                "image, lens, left over (blue -5, red 5 sigma)  %s  chi2 %.3f",
                fit.status(),
                fit.chiSquaredPerPixel());
        return ContactSheet.png(
                List.of(new Row(name, List.of()), new Row(title, three, COLOURS)),
                new Look(3, cell, ColourMap.INFERNO, Stretch.UNIT));
    }

    private static FloatImage scaled(FloatImage image, float low, float range) {
        float[] pixels = new float[image.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (image.pixels()[i] - low) / range;
        }
        return new FloatImage(image.height(), image.width(), pixels);
    }
}
