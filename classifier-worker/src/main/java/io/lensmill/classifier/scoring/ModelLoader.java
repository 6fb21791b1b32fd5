package io.lensmill.classifier.scoring;

import io.lensmill.contracts.ModelFile;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.imaging.Preprocessing;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.neural.Network;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.ObjectTooLargeException;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.util.function.Function;

/** Brings a published classifier from the object store into memory, and checks every word of its announcement. */
public final class ModelLoader {

    
    private static final String WEIGHTS = ModelRelease.WEIGHTS;

    /** A ResNet-152 of width 64 has 240 MB of float32 weights; nothing that is trained here is larger. */
    private static final long MAX_WEIGHTS_BYTES = 512L * 1024 * 1024;

    private final ObjectStore store;
    private final Function<ResNetConfig, Network> networks;
    private final int batchSize;
    private final Turns turns;

    /**
     * @param networks makes a network for inference
     * @param batchSize most images of one call of the network
     * @param turns taken for every call of a network
     */
    public ModelLoader(
            ObjectStore store, Function<ResNetConfig, Network> networks, int batchSize, Turns turns) {
        this.store = store;
        this.networks = networks;
        this.batchSize = batchSize;
        this.turns = turns;
    }

    /**
     * @throws UnusableModelException when its files or its announcement are at fault; trying again does not help
     * @throws IOException when the object store does not answer; trying again may help
     */
    public LoadedModel load(ModelPublished model) throws UnusableModelException, IOException {
        byte[] weights = readWeights(model);
        ResNetConfig config = configOf(model);
        Preprocessing preprocessing = preprocessingOf(model);
        Network network = networks.apply(config);
        try {
            network.parameters().loadSafetensors(weights);
        } catch (IOException | IllegalArgumentException e) {
            network.close();
            throw new UnusableModelException(
                    "The weights of model " + model.getModelId() + " do not fit its network: " + e.getMessage(), e);
        }
        ModelIdentity identity = ModelIdentity.of(
                model.getModelId(),
                Sha256.hex(weights),
                model.getPreprocessing(),
                model.getInputSize(),
                model.getTrained(),
                model.getClasses());
        Scorer scorer = new Scorer(network, model.getInputSize(), batchSize, turns);
        return new LoadedModel(identity, preprocessing, model.getInputSize(), network, scorer);
    }

    private byte[] readWeights(ModelPublished model) throws UnusableModelException, IOException {
        ModelFile file = model.getFiles().stream()
                .filter(candidate -> candidate.getName().equals(WEIGHTS))
                .findFirst()
                .orElseThrow(() -> new UnusableModelException(
                        "Model " + model.getModelId() + " was published without a file " + WEIGHTS));
        byte[] weights;
        try {
            weights = store.get(ObjectKey.of(model.getObjectPrefix() + WEIGHTS), MAX_WEIGHTS_BYTES);
        } catch (ObjectNotFoundException | ObjectTooLargeException | IllegalArgumentException e) {
            throw new UnusableModelException(
                    "The weights of model " + model.getModelId() + " cannot be read: " + e.getMessage(), e);
        }
        String found = Sha256.hex(weights);
        if (!found.equals(file.getSha256())) {
            throw new UnusableModelException("The weights of model " + model.getModelId() + " have the SHA-256 " + found
                    + ", published was " + file.getSha256());
        }
        return weights;
    }

    private static ResNetConfig configOf(ModelPublished model) throws UnusableModelException {
        ResNetConfig config;
        try {
            config = ResNetConfig.fromJson(model.getNetwork());
        } catch (RuntimeException e) {
            throw new UnusableModelException(
                    "The network of model " + model.getModelId() + " cannot be read: " + e.getMessage(), e);
        }
        if (config.classes() != model.getClasses().size() || config.embeddingSize() != model.getEmbeddingSize()) {
            throw new UnusableModelException("Model " + model.getModelId() + " was published with "
                    + model.getClasses().size() + " classes and an embedding of " + model.getEmbeddingSize()
                    + "; its network has " + config.classes() + " and " + config.embeddingSize());
        }
        if (model.getInputSize() < 1 || model.getInputSize() > 4096) {
            throw new UnusableModelException("The input size of model " + model.getModelId()
                    + " must be 1 to 4096; got " + model.getInputSize());
        }
        return config;
    }

    private static Preprocessing preprocessingOf(ModelPublished model) throws UnusableModelException {
        try {
            return Preprocessing.of(model.getPreprocessing());
        } catch (IllegalArgumentException e) {
            throw new UnusableModelException("Model " + model.getModelId() + ": " + e.getMessage(), e);
        }
    }
}
