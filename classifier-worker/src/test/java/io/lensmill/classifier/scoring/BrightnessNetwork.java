package io.lensmill.classifier.scoring;

import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Precision;
import io.lensmill.neural.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stands for a classifier: two classes, whose logits are the mean brightness and its negative. */
final class BrightnessNetwork implements Network {

    final List<Integer> batchSizes = new ArrayList<>();
    boolean closed;

    @Override
    public Map<String, Tensor> infer(Map<String, Tensor> inputs) {
        Tensor images = inputs.get("image");
        int n = images.shape()[0];
        batchSizes.add(n);
        int pixels = images.values().length / n;
        float[] logits = new float[2 * n];
        float[] features = new float[3 * n];
        for (int i = 0; i < n; i++) {
            float sum = 0;
            for (int p = 0; p < pixels; p++) {
                sum += images.values()[i * pixels + p];
            }
            logits[2 * i] = sum / pixels;
            logits[2 * i + 1] = -sum / pixels;
            features[3 * i] = sum / pixels;
        }
        return Map.of("logits", new Tensor(logits, n, 2), "features", new Tensor(features, n, 3));
    }

    @Override
    public NetworkDefinition definition() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void initialise(long seed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Tensor> forward(Map<String, Tensor> inputs, long stepSeed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void backward(Map<String, Tensor> outputGradients) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Parameters parameters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
    }

    @Override
    public String describe() {
        return "mean brightness";
    }

    @Override
    public void close() {
        closed = true;
    }
}
