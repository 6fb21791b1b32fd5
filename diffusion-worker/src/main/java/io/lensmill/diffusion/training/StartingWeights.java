package io.lensmill.diffusion.training;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.diffusion.model.ModelLoader;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.ModelFiles;
import io.lensmill.neural.Network;
import io.lensmill.neural.networks.UNetConfig;
import java.io.IOException;

/** The weights that a training starts from: fresh ones, or those of a published diffusion model, without averaging. */
final class StartingWeights {

    private final String startFrom;
    private final TrainingEnvironment environment;

    /** @param startFrom model id, or null for fresh weights */
    StartingWeights(String startFrom, TrainingEnvironment environment) {
        this.startFrom = startFrom;
        this.environment = environment;
    }

    /** Whether there are others than fresh ones. */
    boolean given() {
        return startFrom != null;
    }

    /** @throws RefusedException UNKNOWN_MODEL, or INVALID_PARAMETER when the model's network is another */
    void check(UNetConfig network) throws RefusedException, IOException {
        if (!given()) {
            return;
        }
        UNetConfig theirs = new ModelLoader(environment.store(), environment.networks())
                .describe(environment.models().require("startFrom", startFrom))
                .network();
        if (!theirs.equals(network)) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    "startFrom '" + startFrom + "' has the network " + theirs.toJson() + "; the request asks for "
                            + network.toJson() + ".");
        }
    }

    /** Puts the weights into the network. */
    void set(Network network, long seed, JobContext context) throws Exception {
        network.initialise(seed);
        if (given()) {
            network.parameters().loadSafetensors(context.insist("reading startFrom", this::read));
        }
    }

    private byte[] read() throws IOException {
        try {
            return new ModelFiles(environment.store())
                    .read(environment.models().require("startFrom", startFrom), ModelPublication.PLAIN_WEIGHTS);
        } catch (RefusedException e) {
            // It was there when the request was checked; waiting does not bring it back.
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
