package io.lensmill.diffusion.training;

import io.lensmill.diffusion.model.NetworkPass;
import io.lensmill.diffusion.schedule.DiffusionProcess;
import io.lensmill.imaging.FloatImage;
import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.Loss;
import io.lensmill.neural.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The batches of a training, by step: which images, in which form, at which times, with which noise. Everything is
 * drawn from (seed, position), where position counts the images since the training began; so a resumed training sees
 * what an uninterrupted one would have seen.
 */
final class TrainingBatches {

    private static final long TRAINING = 1;
    private static final long ORDER = 1;
    private static final long DRAW = 2;

    private final List<FloatImage> images;
    private final int[] labels;
    private final int classes;
    private final DiffusionProcess process;
    private final TrainingSettings settings;
    private final long seed;
    private long orderedEpoch = -1;
    private int[] order;

    /**
     * @param images squares of the settings' size in [0, 1], at least one
     * @param labels class of each image, -1 for none; given to networks with classes
     */
    TrainingBatches(
            List<FloatImage> images, int[] labels, DiffusionProcess process, TrainingSettings settings, long seed) {
        this.images = images;
        this.labels = labels;
        this.classes = settings.network().classes();
        this.process = process;
        this.settings = settings;
        this.seed = seed;
    }

    /**
     * What a step is made of.
     *
     * @param inputs the network's: noisy images and times
     * @param loss the weighted squared error to its targets
     */
    record Batch(Map<String, Tensor> inputs, Loss loss) {}

    /** @param step number of the step, from 0 */
    Batch at(long step) {
        int count = settings.batchSize();
        int size = settings.imageSize();
        int pixels = size * size;
        float[] noisy = new float[count * pixels];
        float[] targets = new float[count * pixels];
        float[] times = new float[count];
        double[] weights = new double[count];
        float[] oneHot = new float[count * classes];
        Drawn drawn = new Drawn(pixels);
        for (int i = 0; i < count; i++) {
            drawn.draw(step * count + i);
            times[i] = drawn.time;
            weights[i] = process.lossWeight(drawn.time, settings.minSnrGamma());
            if (classes > 0 && drawn.label >= 0) {
                oneHot[i * classes + drawn.label] = 1;
            }
            process.addNoise(drawn.x0, drawn.noise, drawn.time, drawn.result);
            System.arraycopy(drawn.result, 0, noisy, i * pixels, pixels);
            process.target(drawn.x0, drawn.noise, drawn.time, drawn.result);
            System.arraycopy(drawn.result, 0, targets, i * pixels, pixels);
        }
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(NetworkPass.IMAGE, new Tensor(noisy, count, size, size, 1));
        inputs.put(NetworkPass.TIME, new Tensor(times, count));
        if (classes > 0) {
            inputs.put(NetworkPass.CLASS, new Tensor(oneHot, count, classes));
        }
        return new Batch(inputs, new WeightedSquares(NetworkPass.PREDICTION, targets, weights));
    }

    /** Index of the image at a position: every epoch is a fresh order of all images. */
    int imageAt(long position) {
        long epoch = position / images.size();
        if (epoch != orderedEpoch) {
            order = new CounterRandom(seed, TRAINING, ORDER, epoch).permutation(images.size());
            orderedEpoch = epoch;
        }
        return order[(int) (position % images.size())];
    }

    /** One image with its noise; its arrays are used again for the next. */
    private final class Drawn {

        private final float[] x0;
        private final float[] noise;
        private final float[] result;
        private int time;
        private int label;

        Drawn(int pixels) {
            x0 = new float[pixels];
            noise = new float[pixels];
            result = new float[pixels];
        }

        void draw(long position) {
            CounterRandom random = new CounterRandom(seed, TRAINING, DRAW, position);
            time = settings.timeSpacing()
                    .at(random.nextDouble(), process.schedule().timesteps());
            int variant = random.nextInt(settings.augmentation().variants());
            random.fillGaussian(noise);
            int image = imageAt(position);
            // Last: what is drawn before is the same with and without classes.
            label = random.nextDouble() < settings.unconditionalShare() ? -1 : labels[image];
            float[] pixels = images.get(image).pixels();
            Augmentation.write(pixels, settings.imageSize(), variant, x0);
            for (int i = 0; i < x0.length; i++) {
                x0[i] = 2 * x0[i] - 1;
            }
        }
    }
}
