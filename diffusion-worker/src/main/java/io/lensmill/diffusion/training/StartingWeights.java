package io.lensmill.diffusion.training;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.diffusion.model.ModelLoader;
import io.lensmill.jobs.ModelFiles;
import io.lensmill.neural.Network;
import io.lensmill.neural.networks.UNetConfig;
import java.io.IOException;

/** The weights of a published model, to go on training from. */
final class StartingWeights {

    private final TrainingEnvironment environment;

    StartingWeights(TrainingEnvironment environment) {
        this.environment = environment;
    }

    /** @throws RefusedException UNKNOWN_MODEL, or INVALID_PARAMETER when the model's network is another */
    void check(String modelId, TrainingSettings settings) throws RefusedException, IOException {
        ModelPublished model = environment.models().require("startFrom", modelId);
        UNetConfig network = new ModelLoader(environment.store(), environment.networks())
                .describe(model)
                .network();
        if (!network.equals(settings.network())) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    "startFrom '" + modelId + "' has the network " + network.toJson() + "; the request asks for "
                            + settings.network().toJson() + ".");
        }
    }

    /** Puts the model's weights, those without averaging, into the network. */
    void load(String modelId, Network network) throws RefusedException, IOException {
        ModelPublished model = environment.models().require("startFrom", modelId);
        byte[] weights = new ModelFiles(environment.store()).read(model, ModelPublication.PLAIN_WEIGHTS);
        network.parameters().loadSafetensors(weights);
    }
}
