package io.lensmill.cli.demo;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Two images that cannot be classified, published on purpose: the road must refuse them and go on. */
final class BrokenImages {

    private static final int CUT_AFTER_BYTES = 200;
    private static final int SIDE = 64;

    private BrokenImages() {}

    /** Image id to file: one cut off in the middle, one with a pixel that is no number. */
    static Map<String, byte[]> files() {
        FloatImage image = new FloatImage(SIDE, SIDE, new float[SIDE * SIDE]);
        byte[] whole = NpyCodec.encode(image);
        image.pixels()[0] = Float.NaN;
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("broken/cut-off.npy", Arrays.copyOf(whole, CUT_AFTER_BYTES));
        files.put("broken/not-a-number.npy", NpyCodec.encode(image));
        return files;
    }
}
