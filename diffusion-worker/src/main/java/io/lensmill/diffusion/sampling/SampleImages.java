package io.lensmill.diffusion.sampling;

import io.lensmill.imaging.FloatImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A batch of samples as single images. */
public final class SampleImages {

    private SampleImages() {}

    /** @param samples [count, size, size] */
    public static List<FloatImage> of(float[] samples, int size) {
        List<FloatImage> images = new ArrayList<>();
        for (int first = 0; first < samples.length; first += size * size) {
            images.add(new FloatImage(size, size, Arrays.copyOfRange(samples, first, first + size * size)));
        }
        return images;
    }
}
