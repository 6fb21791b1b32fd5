package io.lensmill.diffusion.model;

import io.lensmill.diffusion.sampling.Denoiser;
import io.lensmill.neural.Network;
import io.lensmill.neural.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * A U-Net as a denoiser.
 *
 * @param network inputs "image" and "time", output "prediction"
 * @param imageSize edge of the images in pixels
 * @param nanosInNetwork time spent in the network so far
 */
public record NetworkDenoiser(Network network, int imageSize, LongAdder nanosInNetwork) implements Denoiser {

    /** The image input: [n, h, w, 1] in [-1, 1]. */
    public static final String IMAGE = "image";
    /** The time input: [n]. */
    public static final String TIME = "time";
    /** The output: [n, h, w, 1]. */
    public static final String PREDICTION = "prediction";

    public NetworkDenoiser(Network network, int imageSize) {
        this(network, imageSize, new LongAdder());
    }

    @Override
    public float[] predict(float[] images, int count, int time) {
        float[] times = new float[count];
        Arrays.fill(times, time);
        Map<String, Tensor> inputs =
                Map.of(IMAGE, new Tensor(images, count, imageSize, imageSize, 1), TIME, new Tensor(times, count));
        long begin = System.nanoTime();
        float[] prediction = network.infer(inputs).get(PREDICTION).values();
        nanosInNetwork.add(System.nanoTime() - begin);
        return prediction;
    }
}
