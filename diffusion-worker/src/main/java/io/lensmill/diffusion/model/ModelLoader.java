package io.lensmill.diffusion.model;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.jobs.ModelDamagedException;
import io.lensmill.jobs.ModelFiles;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.neural.Network;
import io.lensmill.neural.WeightsFile;
import io.lensmill.neural.networks.UNet;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
     * Networks with the model's averaged weights; the caller closes them.
     *
     * @param count number of networks, all alike
     * @throws ModelDamagedException when the weights are missing, changed, or of another network than the description's
     * @throws IOException when the store does not answer
     */
    List<Network> load(ModelPublished model, DiffusionModel description, int count) throws IOException {
        byte[] weights = files.read(model, ModelRelease.WEIGHTS);
        requireFits(model, weights, description);
        List<Network> loaded = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                loaded.add(networks.build(description.network()));
                loaded.get(i).parameters().loadSafetensors(weights);
            }
            return loaded;
        } catch (IOException e) {
            loaded.forEach(Network::close);
            throw new ModelDamagedException(
                    "The weights of model " + model.getModelId() + " do not fit its network: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            loaded.forEach(Network::close);
            throw e;
        }
    }

    /** Before a network is built: what a description claims costs no memory that the weights do not have. */
    private static void requireFits(ModelPublished model, byte[] weights, DiffusionModel description)
            throws ModelDamagedException {
        try {
            WeightsFile.requireFits(weights, UNet.define(description.network()));
        } catch (IOException e) {
            throw new ModelDamagedException(
                    "The weights of model " + model.getModelId() + " do not fit its network: " + e.getMessage(), e);
        }
    }
}
