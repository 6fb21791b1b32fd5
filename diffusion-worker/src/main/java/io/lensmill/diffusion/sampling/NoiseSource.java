package io.lensmill.diffusion.sampling;

import io.lensmill.neural.CounterRandom;

/** Standard normal noise by image and time, never by order of drawing. */
@FunctionalInterface
public interface NoiseSource {

    /**
     * Fills the array with the noise of one image at one time; the starting noise is that of time = timesteps.
     *
     * @param imageIndex index of the image within its job
     */
    void fill(long imageIndex, int time, float[] out);

    /** Keeps these streams apart from those that a training draws from the same seed. */
    long GENERATION = 2;

    /** Noise that depends on (seed, image index, time) alone: an image is the same in whatever batch it is made. */
    static NoiseSource seeded(long seed) {
        return (imageIndex, time, out) -> new CounterRandom(seed, GENERATION, imageIndex, time).fillGaussian(out);
    }
}
