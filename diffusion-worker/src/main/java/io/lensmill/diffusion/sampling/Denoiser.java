package io.lensmill.diffusion.sampling;

/** A trained network, seen as a function. */
@FunctionalInterface
public interface Denoiser {

    /**
     * @param firstIndex number of the first image in its job
     * @param images count noisy images, [count, size, size]
     * @param count number of images
     * @param time their time
     * @return the network's prediction of the same shape
     */
    float[] predict(long firstIndex, float[] images, int count, int time);
}
