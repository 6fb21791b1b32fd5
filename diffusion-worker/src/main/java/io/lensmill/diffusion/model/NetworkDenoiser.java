package io.lensmill.diffusion.model;

import io.lensmill.diffusion.sampling.Denoiser;
import java.util.Arrays;

/**
 * A U-Net as a denoiser.
 *
 * @param predictor a network, or lanes of it
 * @param conditioning what the network is told
 */
public record NetworkDenoiser(Predictor predictor, Conditioning conditioning) implements Denoiser {

    @Override
    public float[] predict(long firstIndex, float[] images, int count, int time) {
        if (!conditioning.guided()) {
            return predictor.predict(new Question(images, count, time, conditioning.told(firstIndex, count)));
        }
        // With and without the class in one pass.
        float[] twice = Arrays.copyOf(images, 2 * images.length);
        System.arraycopy(images, 0, twice, images.length, images.length);
        float[] both = predictor.predict(new Question(twice, 2 * count, time, conditioning.told(firstIndex, count)));
        double guidance = conditioning.guidance();
        float[] prediction = new float[images.length];
        for (int i = 0; i < prediction.length; i++) {
            prediction[i] = (float) ((1 + guidance) * both[i] - guidance * both[images.length + i]);
        }
        return prediction;
    }
}
