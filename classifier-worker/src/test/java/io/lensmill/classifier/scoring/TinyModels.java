package io.lensmill.classifier.scoring;

import io.lensmill.contracts.ModelFile;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.neural.Network;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Very small classifiers in an object store, with fresh weights. */
public final class TinyModels {

    public static final int SIZE = 16;
    public static final List<String> CLASSES = List.of("no", "sphere", "vort");

    private static final ResNetConfig NETWORK = new ResNetConfig(List.of(1, 1), 4, false, false, 0, 3);

    private TinyModels() {}

    /** Writes the weights and returns the announcement; the seed makes the weights. */
    public static ModelPublished publish(ObjectStore store, String modelId, long seed, Instant createdAt)
            throws IOException {
        byte[] weights;
        try (Network network = Executors.best(ResNet.define(NETWORK))) {
            network.initialise(seed);
            weights = network.parameters().toSafetensors(Map.of());
        }
        String prefix = "models/" + modelId + "/";
        store.put(ObjectKey.of(prefix + "model.safetensors"), weights);
        return ModelPublished.newBuilder()
                .setModelId(modelId)
                .setTask(ModelTask.CLASSIFIER)
                .setNetwork(NETWORK.toJson())
                .setObjectPrefix(prefix)
                .setFiles(List.of(new ModelFile("model.safetensors", (long) weights.length, Sha256.hex(weights))))
                .setInputSize(SIZE)
                .setClasses(CLASSES)
                .setEmbeddingSize(NETWORK.embeddingSize())
                .setPreprocessing("minmax-v1")
                .setTrained(false)
                .setDataset("none")
                .setDatasetSha256("0".repeat(64))
                .setCreatedAt(createdAt)
                .setCodeVersion("test")
                .setJobId(modelId)
                .build();
    }

    /** @param lanes networks of each model */
    public static ModelLoader loader(ObjectStore store, int lanes) {
        return new ModelLoader(
                store,
                network -> Executors.best(ResNet.define(network)),
                8,
                lanes,
                new ComputeLock(),
                ScoringMeasures.NONE);
    }
}
