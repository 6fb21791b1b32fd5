package io.lensmill.diffusion.model;

import io.lensmill.diffusion.sampling.Denoiser;
import io.lensmill.neural.Network;
import io.lensmill.neural.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * A U-Net as a denoiser.
 *
 * @param network inputs "image" and "time", output "prediction"
 * @param imageSize edge of the images in pixels
 */
public record NetworkDenoiser(Network network, int imageSize) implements Denoiser {

    /** The image input: [n, h, w, 1] in [-1, 1]. */
    public static final String IMAGE = "image";
    /** The time input: [n]. */
    public static final String TIME = "time";
    /** The output: [n, h, w, 1]. */
    public static final String PREDICTION = "prediction";

    @Override
    public float[] predict(float[] images, int count, int time) {
        float[] times = new float[count];
        Arrays.fill(times, time);
        Map<String, Tensor> inputs =
                Map.of(IMAGE, new Tensor(images, count, imageSize, imageSize, 1), TIME, new Tensor(times, count));
        return network.infer(inputs).get(PREDICTION).values();
    }
}
