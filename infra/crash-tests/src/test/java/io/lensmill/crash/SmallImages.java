package io.lensmill.crash;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.neural.CounterRandom;

/** Images of noise, each by its number. */
final class SmallImages {

    static final int SIZE = 24;

    private SmallImages() {}

    static FloatImage image(int number) {
        float[] pixels = new float[SIZE * SIZE];
        new CounterRandom(number).fillGaussian(pixels);
        return new FloatImage(SIZE, SIZE, pixels);
    }

    /** The image as an npy file. */
    static byte[] file(int number) {
        return NpyCodec.encode(image(number));
    }
}
