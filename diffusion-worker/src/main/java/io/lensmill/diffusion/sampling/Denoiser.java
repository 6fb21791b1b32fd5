package io.lensmill.diffusion.sampling;

/** A trained network, seen as a function. */
@FunctionalInterface
public interface Denoiser {

    /**
     * @param images count noisy images, [count, size, size]
     * @param count number of images
     * @param time their time
     * @return the network's prediction of the same shape
     */
    float[] predict(float[] images, int count, int time);
}
