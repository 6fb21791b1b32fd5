package io.lensmill.diffusion.model;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.jobs.ModelDamagedException;
import io.lensmill.jobs.ModelFiles;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.neural.Network;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;

/** Reads published diffusion models from the object store; every file is checked against its published SHA-256. */
public final class ModelLoader {

    private final ModelFiles files;
    private final Networks networks;

    public ModelLoader(ObjectStore store, Networks networks) {
        this.files = new ModelFiles(store);
        this.networks = networks;
    }

    /**
     * @throws RefusedException UNKNOWN_MODEL when the description is missing, changed or wrong
     * @throws IOException when the store does not answer
     */
    public DiffusionModel describe(ModelPublished model) throws RefusedException, IOException {
        try {
            return DiffusionModel.fromJson(files.read(model, ModelRelease.DESCRIPTION));
        } catch (ModelDamagedException e) {
            throw new RefusedException(
                    RefusalCode.UNKNOWN_MODEL, "Model " + model.getModelId() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The network with its averaged weights; the caller closes it.
     *
     * @throws IOException when the weights are missing, changed, or of another network than the description's
     */
    public Network load(ModelPublished model, DiffusionModel description) throws IOException {
        byte[] weights = files.read(model, ModelRelease.WEIGHTS);
        Network network = networks.build(description.network());
        try {
            network.parameters().loadSafetensors(weights);
            return network;
        } catch (IOException | RuntimeException e) {
            network.close();
            throw e;
        }
    }
}
