package io.lensmill.diffusion.model;

import io.lensmill.diffusion.sampling.Denoiser;
import io.lensmill.neural.Network;
import io.lensmill.neural.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * A U-Net as a denoiser.
 *
 * @param network inputs "image" and "time", with classes also "class"; output "prediction"
 * @param imageSize edge of the images in pixels
 * @param conditioning what the network is told
 * @param nanosInNetwork time spent in the network so far
 */
public record NetworkDenoiser(Network network, int imageSize, Conditioning conditioning, LongAdder nanosInNetwork)
        implements Denoiser {

    /** The image input: [n, h, w, 1] in [-1, 1]. */
    public static final String IMAGE = "image";
    /** The time input: [n]. */
    public static final String TIME = "time";
    /** The class input of networks with classes: [n, classes]. */
    public static final String CLASS = "class";
    /** The output: [n, h, w, 1]. */
    public static final String PREDICTION = "prediction";

    public NetworkDenoiser(Network network, int imageSize, Conditioning conditioning) {
        this(network, imageSize, conditioning, new LongAdder());
    }

    @Override
    public float[] predict(float[] images, int count, int time) {
        float[] prediction = ask(images, count, time, conditioning);
        double guidance = conditioning.guidance();
        if (guidance > 0) {
            float[] without = ask(images, count, time, conditioning.withoutClass());
            for (int i = 0; i < prediction.length; i++) {
                prediction[i] = (float) ((1 + guidance) * prediction[i] - guidance * without[i]);
            }
        }
        return prediction;
    }

    private float[] ask(float[] images, int count, int time, Conditioning told) {
        float[] times = new float[count];
        Arrays.fill(times, time);
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(IMAGE, new Tensor(images, count, imageSize, imageSize, 1));
        inputs.put(TIME, new Tensor(times, count));
        if (told.classes() > 0) {
            inputs.put(CLASS, told.input(count));
        }
        long begin = System.nanoTime();
        float[] prediction = network.infer(inputs).get(PREDICTION).values();
        nanosInNetwork.add(System.nanoTime() - begin);
        return prediction;
    }
}
