package io.lensmill.diffusion.model;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.ModelCatalogue;
import java.io.IOException;
import java.util.List;

/** The published diffusion models, up to date whenever one is asked for. */
public final class PublishedModels {

    private static final int NAMES_IN_MESSAGE = 10;

    private final ModelCatalogue catalogue;
    private final Refresh refresh;

    /** @param refresh brings the catalogue up to date */
    public PublishedModels(ModelCatalogue catalogue, Refresh refresh) {
        this.catalogue = catalogue;
        this.refresh = refresh;
    }

    /** Waits until the catalogue holds every model that has been published up to now. */
    @FunctionalInterface
    public interface Refresh {
        /** @throws IOException when that takes too long */
        void run() throws IOException;
    }

    /**
     * @param field name of the request's field, for the refusal
     * @param modelIdOrLatest a model id, or "latest"
     * @throws RefusedException INVALID_PARAMETER for what is no id, UNKNOWN_MODEL with the models there are
     * @throws IOException when it cannot be known which models there are
     */
    public ModelPublished require(String field, String modelIdOrLatest) throws RefusedException, IOException {
        Names.requireJobId(field, modelIdOrLatest);
        refresh.run();
        return catalogue
                .find(modelIdOrLatest, ModelTask.DIFFUSION)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNKNOWN_MODEL, field + " '" + modelIdOrLatest + "' is " + known()));
    }

    private String known() {
        List<String> ids = catalogue.all(ModelTask.DIFFUSION).stream()
                .map(ModelPublished::getModelId)
                .toList();
        if (ids.isEmpty()) {
            return "unknown: no diffusion model has been published yet. Train one first, with a request on" + " "
                    + Topics.DIFFUSION_TRAINING_REQUESTS.name() + ".";
        }
        String more = ids.size() > NAMES_IN_MESSAGE ? " and " + (ids.size() - NAMES_IN_MESSAGE) + " older ones" : "";
        return "no published diffusion model; there are, newest first, "
                + String.join(", ", ids.subList(0, Math.min(NAMES_IN_MESSAGE, ids.size()))) + more + ".";
    }
}
