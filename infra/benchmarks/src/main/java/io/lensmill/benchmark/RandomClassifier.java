package io.lensmill.benchmark;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.neural.Network;
import io.lensmill.neural.engine.EngineSettings;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Classifiers with their initial weights: as fast as trained ones. */
public enum RandomClassifier {
    /** What the seeds took embeddings from, with random weights too. */
    RES_NET_18_64(
            "resnet18-64", 64, new ResNetConfig(List.of(2, 2, 2, 2), 64, false, true, 0, LensClass.values().length)),
    /** The seeds' network, as in the figure {@code resnet34-infer-64} of the engine's benchmark. */
    RES_NET_34_64("resnet34-64", 64, ResNetConfig.resNet34(LensClass.values().length)),
    /** As {@code resnet34-infer-150}. */
    RES_NET_34_150("resnet34-150", 150, ResNetConfig.resNet34(LensClass.values().length)),
    /** The network of the preset {@code fast}. */
    FAST_64("fast-64", 64, new ResNetConfig(List.of(2, 2, 2, 2), 16, false, false, 0, LensClass.values().length));

    private static final List<String> CLASSES =
            Arrays.stream(LensClass.values()).map(LensClass::label).toList();

    private final String id;
    private final int imageSize;
    private final ResNetConfig network;

    RandomClassifier(String id, int imageSize, ResNetConfig network) {
        this.id = id;
        this.imageSize = imageSize;
        this.network = network;
    }

    /** @throws IllegalArgumentException when there is none of this name; the message lists the names */
    public static RandomClassifier of(String id) {
        return Arrays.stream(values())
                .filter(classifier -> classifier.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--network must be one of "
                        + Arrays.stream(values()).map(RandomClassifier::id).collect(Collectors.joining(", "))
                        + "; got '" + id + "'"));
    }

    public String id() {
        return id;
    }

    /** Edge of the input image in pixels. */
    public int imageSize() {
        return imageSize;
    }

    /** The network with the initial weights of the seed, in the machine's fastest way. */
    public Network open(long seed) {
        Network opened = Executors.open(ResNet.define(network), EngineSettings.fromEnvironment());
        opened.initialise(seed);
        return opened;
    }

    /**
     * Puts a model into the store.
     *
     * @return the message that announces it
     */
    public ModelPublished release(ObjectStore store, String modelId, long seed) throws IOException {
        byte[] weights;
        try (Network opened = open(seed)) {
            weights = opened.parameters().toSafetensors(Map.of("modelId", modelId));
        }
        ModelPublished.Builder model = ModelPublished.newBuilder()
                .setModelId(modelId)
                .setTask(ModelTask.CLASSIFIER)
                .setNetwork(network.toJson())
                .setInputSize(imageSize)
                .setClasses(CLASSES)
                .setEmbeddingSize(network.embeddingSize())
                .setPreprocessing(Preprocessing.MINMAX_V1.id())
                .setTrained(false)
                .setDataset("none")
                .setDatasetSha256("0".repeat(64))
                .setJobId(modelId);
        return new ModelRelease(store, Clock.systemUTC()).write(model, Map.of(ModelRelease.WEIGHTS, weights));
    }
}
