package io.lensmill.classifier.scoring;

import io.lensmill.classifier.foreign.ForeignDetector;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.jobs.ModelDamagedException;
import io.lensmill.jobs.ModelFiles;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.neural.Network;
import io.lensmill.neural.WeightsFile;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Brings a published classifier from the object store into memory, and checks every word of its announcement. */
public final class ModelLoader {

    private final ModelFiles files;
    private final Function<ResNetConfig, Network> networks;
    private final int batchSize;
    private final int lanes;
    private final ComputeLock.Access access;
    private final ScoringMeasures measures;

    /**
     * @param networks makes a network for inference
     * @param batchSize most images of one call of the network
     * @param lanes networks of each model
     * @param computeLock shared by the lanes at every call of a network
     * @param measures told how long each call takes
     */
    public ModelLoader(
            ObjectStore store,
            Function<ResNetConfig, Network> networks,
            int batchSize,
            int lanes,
            ComputeLock computeLock,
            ScoringMeasures measures) {
        this.files = new ModelFiles(store);
        this.networks = networks;
        this.batchSize = batchSize;
        this.lanes = lanes;
        this.access = computeLock.shared();
        this.measures = measures;
    }

    /**
     * @throws UnusableModelException when its files or its announcement are at fault; trying again does not help
     * @throws IOException when the object store does not answer; trying again may help
     */
    public LoadedModel load(ModelPublished model) throws UnusableModelException, IOException {
        byte[] weights = read(model, ModelRelease.WEIGHTS);
        ResNetConfig config = configOf(model);
        Preprocessing preprocessing = preprocessingOf(model);
        ModelIdentity identity = ModelIdentity.of(
                model.getModelId(),
                Sha256.hex(weights),
                model.getPreprocessing(),
                model.getInputSize(),
                model.getTrained(),
                model.getClasses());
        requireFits(model, weights, config);
        Optional<ForeignDetector> foreign = foreignOf(model);
        List<LoadedModel.Lane> ready = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            Network network = networks.apply(config);
            ready.add(new LoadedModel.Lane(
                    network, new Scorer(network, model.getInputSize(), batchSize, access, measures)));
            try {
                network.parameters().loadSafetensors(weights);
            } catch (IOException | IllegalArgumentException e) {
                ready.forEach(begun -> begun.network().close());
                throw unfit(model, e);
            }
        }
        return new LoadedModel(identity, preprocessing, model.getInputSize(), foreign, ready);
    }

    /** Before a network is built: what an announcement claims costs no memory that the weights do not have. */
    private static void requireFits(ModelPublished model, byte[] weights, ResNetConfig config)
            throws UnusableModelException {
        try {
            WeightsFile.requireFits(weights, ResNet.define(config));
        } catch (IOException e) {
            throw unfit(model, e);
        }
    }

    private static UnusableModelException unfit(ModelPublished model, Exception e) {
        return new UnusableModelException(
                "The weights of model " + model.getModelId() + " do not fit its network: " + e.getMessage(), e);
    }

    private byte[] read(ModelPublished model, String name) throws UnusableModelException, IOException {
        try {
            return files.read(model, name);
        } catch (ModelDamagedException e) {
            throw new UnusableModelException(e.getMessage(), e);
        }
    }

    /** Empty for a model that was published before there was one. */
    private Optional<ForeignDetector> foreignOf(ModelPublished model) throws UnusableModelException, IOException {
        if (model.getFiles().stream().noneMatch(file -> file.getName().equals(ForeignDetector.FILE))) {
            return Optional.empty();
        }
        byte[] file = read(model, ForeignDetector.FILE);
        try {
            ForeignDetector detector = ForeignDetector.fromBytes(file);
            if (detector.dimensions() != model.getEmbeddingSize()) {
                throw new IOException("it is of embeddings of " + detector.dimensions() + " numbers, the model's have "
                        + model.getEmbeddingSize());
            }
            return Optional.of(detector);
        } catch (IOException e) {
            throw new UnusableModelException(
                    "The file '" + ForeignDetector.FILE + "' of model " + model.getModelId() + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
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
