package io.lensmill.cli.benchmark;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.imaging.Preprocessing;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.neural.EngineSettings;
import io.lensmill.neural.Executors;
import io.lensmill.neural.Network;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Classifiers as the preset {@code fast} makes them, with their initial weights: as fast as trained ones. */
public final class RandomClassifier {

    /** Edge of the input image in pixels. */
    public static final int IMAGE_SIZE = 64;

    private static final List<String> CLASSES =
            Arrays.stream(LensClass.values()).map(LensClass::label).toList();
    private static final ResNetConfig NETWORK =
            new ResNetConfig(List.of(2, 2, 2, 2), 16, false, false, 0, CLASSES.size());

    private RandomClassifier() {}

    /** The network with the initial weights of the seed, in the machine's fastest way. */
    public static Network open(long seed) {
        Network network = Executors.open(ResNet.define(NETWORK), EngineSettings.fromEnvironment());
        network.initialise(seed);
        return network;
    }

    /**
     * Puts a model into the store.
     *
     * @return the message that announces it
     */
    public static ModelPublished release(ObjectStore store, String modelId, long seed) throws IOException {
        byte[] weights;
        try (Network network = open(seed)) {
            weights = network.parameters().toSafetensors(Map.of("modelId", modelId));
        }
        ModelPublished.Builder model = ModelPublished.newBuilder()
                .setModelId(modelId)
                .setTask(ModelTask.CLASSIFIER)
                .setNetwork(NETWORK.toJson())
                .setInputSize(IMAGE_SIZE)
                .setClasses(CLASSES)
                .setEmbeddingSize(NETWORK.embeddingSize())
                .setPreprocessing(Preprocessing.MINMAX_V1.id())
                .setTrained(false)
                .setDataset("none")
                .setDatasetSha256("0".repeat(64))
                .setJobId(modelId);
        return new ModelRelease(store, Clock.systemUTC()).write(model, Map.of(ModelRelease.WEIGHTS, weights));
    }
}
