package io.lensmill.classifier.scoring;

import io.lensmill.classifier.foreign.Looks;
import io.lensmill.classifier.foreign.Texture;
import io.lensmill.imaging.FloatImage;
import io.lensmill.neural.Network;
import io.lensmill.neural.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a classifier over prepared images in batches. One thread at a time, as its network.
 *
 * <p>A batch is filled up with blank images to the next power of two, so the network sees few different batch sizes;
 * an executor that compiles a program per size then compiles few. The blanks' results are dropped.
 */
public final class Scorer {

    private static final String IMAGE = "image";
    private static final String LOGITS = "logits";
    private static final String FEATURES = "features";

    private final Network network;
    private final int imageSize;
    private final int batchSize;
    private final ComputeLock.Access access;
    private final ScoringMeasures measures;

    /** As the other, with nobody to be told of times. */
    public Scorer(Network network, int imageSize, int batchSize, ComputeLock.Access access) {
        this(network, imageSize, batchSize, access, ScoringMeasures.NONE);
    }

    /**
     * @param network input "image" [n,h,w,1], outputs "logits" [n,classes] and "features" [n,embedding size]
     * @param imageSize edge of the input image in pixels
     * @param batchSize most images of one call of the network, at least 1
     * @param access to the cores, for every call of the network
     * @param measures told how long each call takes
     */
    public Scorer(Network network, int imageSize, int batchSize, ComputeLock.Access access, ScoringMeasures measures) {
        this.network = network;
        this.imageSize = imageSize;
        this.batchSize = batchSize;
        this.access = access;
        this.measures = measures;
    }

    /**
     * @param prepared images of imageSize x imageSize, after the model's preprocessing
     * @return one score per image, in the same order
     */
    public List<Score> score(List<FloatImage> prepared) {
        List<Score> scores = new ArrayList<>(prepared.size());
        for (int first = 0; first < prepared.size(); first += batchSize) {
            int end = Math.min(prepared.size(), first + batchSize);
            scores.addAll(scoreBatch(prepared.subList(first, end)));
        }
        return scores;
    }

    /** One call of the network at each size that {@link #score} fills batches up to, the largest first. */
    public void warmUp() {
        // Sizes are powers of two, but for the largest.
        Set<Integer> sizes = new LinkedHashSet<>(List.of(batchSize));
        for (int rows = Integer.highestOneBit(batchSize); rows > 0; rows /= 2) {
            sizes.add(rows);
        }
        for (int rows : sizes) {
            access.run(() -> network.infer(Map.of(IMAGE, Tensor.zeros(rows, imageSize, imageSize, 1))));
        }
    }

    private List<Score> scoreBatch(List<FloatImage> batch) {
        Map<String, Tensor> inputs = Map.of(IMAGE, stack(batch));
        Map<String, Tensor> outputs = access.run(() -> measured(inputs));
        Tensor logits = outputs.get(LOGITS);
        Tensor features = outputs.get(FEATURES);
        List<Score> scores = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Looks looks = new Looks(row(features, i), Texture.of(batch.get(i)));
            scores.add(new Score(softmax(row(logits, i)), looks));
        }
        return scores;
    }

    private Map<String, Tensor> measured(Map<String, Tensor> inputs) {
        long begin = System.nanoTime();
        Map<String, Tensor> outputs = network.infer(inputs);
        measures.networkCalled(System.nanoTime() - begin);
        return outputs;
    }

    private Tensor stack(List<FloatImage> batch) {
        Tensor images = Tensor.zeros(Math.min(batchSize, nextPowerOfTwo(batch.size())), imageSize, imageSize, 1);
        int pixels = imageSize * imageSize;
        for (int i = 0; i < batch.size(); i++) {
            FloatImage image = batch.get(i);
            if (image.height() != imageSize || image.width() != imageSize) {
                throw new IllegalArgumentException("An image of " + image.height() + " x " + image.width()
                        + " was not prepared for a network of " + imageSize + " x " + imageSize);
            }
            System.arraycopy(image.pixels(), 0, images.values(), i * pixels, pixels);
        }
        return images;
    }

    private static int nextPowerOfTwo(int n) {
        return n == 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    }

    private static float[] row(Tensor matrix, int row) {
        int columns = matrix.shape()[1];
        return Arrays.copyOfRange(matrix.values(), row * columns, (row + 1) * columns);
    }

    /** exp(x - max) / sum, in double: the largest exponent is 0, so nothing overflows. */
    static float[] softmax(float[] logits) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            maximum = Math.max(maximum, logit);
        }
        double[] exponentials = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            exponentials[i] = StrictMath.exp(logits[i] - maximum);
            sum += exponentials[i];
        }
        float[] probabilities = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = (float) (exponentials[i] / sum);
        }
        return probabilities;
    }
}
