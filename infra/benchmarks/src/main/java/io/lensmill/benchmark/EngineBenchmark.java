package io.lensmill.benchmark;

import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.Loss;
import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.OpenMp;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.engine.EngineSettings;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.neural.networks.UNet;
import io.lensmill.neural.networks.UNetConfig;
import io.lensmill.neural.training.AdamW;
import io.lensmill.neural.training.CrossEntropy;
import io.lensmill.neural.training.NotFiniteException;
import io.lensmill.neural.training.Sgd;
import io.lensmill.neural.training.Trainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The neural engine's speed on the seeds' networks, with the same work per step as the PyTorch programs in
 * {@code infra/benchmarks}.
 */
public enum EngineBenchmark {
    RES_NET_TRAIN_64("resnet34-train-64", 64, true, false),
    RES_NET_INFER_64("resnet34-infer-64", 64, false, false),
    RES_NET_TRAIN_150("resnet34-train-150", 150, true, false),
    RES_NET_INFER_150("resnet34-infer-150", 150, false, false),
    U_NET_TRAIN_32("unet-train-32-dim32", 32, true, false),
    /** As the diffusion worker trains: the batch in slices, one for each core. */
    U_NET_TRAIN_32_SLICED("unet-train-32-sliced", 32, true, true),
    U_NET_INFER_32("unet-infer-32-dim32", 32, false, false);

    private static final int WARM_UP_STEPS = 4;
    private static final int CLASSES = 3;
    private static final int TIMES = 1000;

    private final String id;
    private final int imageSize;
    private final boolean training;
    private final boolean sliced;

    EngineBenchmark(String id, int imageSize, boolean training, boolean sliced) {
        this.id = id;
        this.imageSize = imageSize;
        this.training = training;
        this.sliced = sliced;
    }

    /** Work of one step. */
    private interface Step {
        void run() throws NotFiniteException;
    }

    public String id() {
        return id;
    }

    public boolean training() {
        return training;
    }

    /** Images of one step. */
    public int batch() {
        return residual() ? 32 : 16;
    }

    /**
     * Measures.
     *
     * @param steps steps whose median counts
     * @param memorySteps further steps, after which the resident size is told ten times; 0: none
     * @param progress told the number of each finished step
     * @throws NotFiniteException when the training falls apart
     */
    public Figure measure(EngineSettings settings, int steps, int memorySteps, IntConsumer progress)
            throws NotFiniteException {
        int slices = sliced ? OpenMp.defaultThreads() : 1;
        try (Network network = Executors.sliced(definition(), settings, slices)) {
            network.initialise(1);
            Step step = step(network);
            for (int i = 0; i < WARM_UP_STEPS; i++) {
                step.run();
            }
            double[] seconds = new double[steps];
            for (int i = 0; i < steps; i++) {
                long start = System.nanoTime();
                step.run();
                seconds[i] = (System.nanoTime() - start) / 1e9;
                progress.accept(i + 1);
            }
            Arrays.sort(seconds);
            List<Long> resident = new ArrayList<>();
            ResidentMemory.mebibytes().ifPresent(resident::add);
            for (int i = 1; i <= memorySteps; i++) {
                step.run();
                progress.accept(steps + i);
                if (i % Math.max(1, memorySteps / 10) == 0) {
                    ResidentMemory.mebibytes().ifPresent(resident::add);
                }
            }
            return new Figure(
                    id,
                    batch(),
                    network.precision().shortName(),
                    network.describe(),
                    batch() / seconds[steps / 2],
                    steps,
                    resident);
        }
    }

    private boolean residual() {
        return id.startsWith("resnet");
    }

    private NetworkDefinition definition() {
        return residual()
                ? ResNet.define(new ResNetConfig(List.of(3, 4, 6, 3), 64, false, true, 0, CLASSES))
                : UNet.define(new UNetConfig(32, List.of(1, 2, 4), 4, 32));
    }

    private Step step(Network network) {
        return residual() ? residualStep(network) : uNetStep(network);
    }

    private Step residualStep(Network network) {
        Map<String, Tensor> inputs = Map.of("image", gaussian(batch(), imageSize, imageSize, 1));
        int[] labels = new int[batch()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % CLASSES;
        }
        if (!training) {
            return () -> network.infer(inputs);
        }
        Trainer trainer = new Trainer(network, new Sgd(0.9, false, 0.001), 0, Optional.empty());
        return () -> trainer.step(inputs, new CrossEntropy("logits", labels, 0), 0.001, 1);
    }

    private Step uNetStep(Network network) {
        Tensor times = Tensor.zeros(batch());
        for (int i = 0; i < batch(); i++) {
            times.values()[i] = i * (TIMES / batch());
        }
        Map<String, Tensor> inputs = Map.of("image", gaussian(batch(), imageSize, imageSize, 1), "time", times);
        if (!training) {
            return () -> network.infer(inputs);
        }
        Trainer trainer = new Trainer(network, AdamW.withDecay(1e-3), 1.0, Optional.empty());
        Loss loss =
                meanSquaredDifference(gaussian(batch(), imageSize, imageSize, 1).values());
        return () -> trainer.step(inputs, loss, 1e-5, 1);
    }

    private static Loss meanSquaredDifference(float[] target) {
        return outputs -> {
            Tensor prediction = outputs.get("prediction");
            float[] gradient = new float[target.length];
            double sum = 0;
            for (int i = 0; i < target.length; i++) {
                float difference = prediction.values()[i] - target[i];
                sum += difference * difference;
                gradient[i] = 2 * difference / target.length;
            }
            return new Loss.Evaluation(
                    sum / target.length, Map.of("prediction", new Tensor(gradient, prediction.shape())));
        };
    }

    private static Tensor gaussian(int... shape) {
        Tensor tensor = Tensor.zeros(shape);
        new CounterRandom(7).fillGaussian(tensor.values());
        return tensor;
    }
}
