package io.lensmill.classifier.training;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.ModelFiles;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.jobs.ObjectRefusals;
import io.lensmill.neural.Network;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The weights that a training starts from: fresh ones, those of a published classifier, or those of a safetensors file
 * in the object store (with a {@code /} in its key; the names and layout that published models have).
 */
final class StartingWeights {

    private static final long MAX_FILE_BYTES = 2L * 1024 * 1024 * 1024 - 16;

    private final String startFrom;
    private final TrainingEnvironment environment;

    /** @param startFrom model id, object key, or null for fresh weights */
    StartingWeights(String startFrom, TrainingEnvironment environment) {
        this.startFrom = startFrom;
        this.environment = environment;
    }

    /** Whether there are others than fresh ones. */
    boolean given() {
        return startFrom != null;
    }

    /**
     * Settings that a training must have to go on from a published model: its network, image size and preprocessing.
     * Empty for fresh weights and those of a file, which does not tell them.
     *
     * @throws RefusedException UNKNOWN_MODEL
     */
    Map<String, String> settings() throws RefusedException, IOException {
        return given() && !isFile() ? TrainingSettings.ofModel(model()) : Map.of();
    }

    /**
     * @throws RefusedException UNKNOWN_MODEL, OBJECT_NOT_FOUND, or INVALID_PARAMETER when the weights are of another
     *     network or other classes
     */
    void check(ResNetConfig network, List<String> classes) throws RefusedException, IOException {
        if (!given()) {
            return;
        }
        if (isFile()) {
            checkFile(network);
        } else {
            checkModel(model(), network, classes);
        }
    }

    /** Puts the weights into the network. */
    void set(Network network, long seed, JobContext context) throws Exception {
        network.initialise(seed);
        if (given()) {
            network.parameters().loadSafetensors(context.insist("reading startFrom", this::read));
        }
    }

    private boolean isFile() {
        return startFrom.contains("/");
    }

    private byte[] read() throws IOException {
        try {
            return isFile()
                    ? environment.store().get(ObjectKey.of(startFrom), MAX_FILE_BYTES)
                    : new ModelFiles(environment.store()).read(model(), ModelRelease.WEIGHTS);
        } catch (RefusedException e) {
            // It was there when the request was checked; waiting does not bring it back.
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private ModelPublished model() throws RefusedException, IOException {
        return environment
                .models()
                .find(startFrom)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNKNOWN_MODEL,
                        "startFrom names no published classifier; leave it out for fresh weights, or give the object"
                                + " key of a safetensors file."));
    }

    private void checkFile(ResNetConfig wanted) throws RefusedException, IOException {
        byte[] file;
        try {
            file = read();
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.INVALID_PARAMETER, "startFrom: " + e.getMessage() + ".", e);
        } catch (ObjectRefusedException e) {
            throw ObjectRefusals.of(e, "key '" + startFrom + "' of startFrom", MAX_FILE_BYTES);
        }
        try (Network network = environment.networks().apply(wanted)) {
            network.parameters().loadSafetensors(file);
        } catch (IOException e) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    "startFrom: the file '" + startFrom + "' does not fit the network " + wanted.toJson() + ": "
                            + e.getMessage() + ".",
                    e);
        }
    }

    private static void checkModel(ModelPublished start, ResNetConfig network, List<String> classes)
            throws RefusedException {
        // Dropout has no weights, so it may differ.
        ResNetConfig theirs = withoutDropout(ResNetConfig.fromJson(start.getNetwork()));
        if (!theirs.equals(withoutDropout(network)) || !start.getClasses().equals(classes)) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    "startFrom must name a model of the same network and classes. Model " + start.getModelId() + " is "
                            + start.getNetwork() + " with classes " + start.getClasses() + "; asked for was "
                            + network.toJson() + " with classes " + classes + ".");
        }
    }

    private static ResNetConfig withoutDropout(ResNetConfig config) {
        return new ResNetConfig(
                config.blocks(), config.width(), config.bottleneck(), config.stemPooling(), 0, config.classes());
    }
}
