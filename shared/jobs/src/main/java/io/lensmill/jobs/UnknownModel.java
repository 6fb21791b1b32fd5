package io.lensmill.jobs;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import java.util.List;
import java.util.Locale;

/** What somebody reads who asked for a model that there is not: which ones there are, or how to get a first one. */
final class UnknownModel {

    private static final int NAMES_IN_MESSAGE = 10;

    private UnknownModel() {}

    /**
     * @param newestFirst the task's published models
     * @return the end of a sentence that begins "modelId 'x' is"
     */
    static String sentence(ModelTask task, List<ModelPublished> newestFirst) {
        String kind = task.name().toLowerCase(Locale.ROOT);
        List<String> ids = newestFirst.stream().map(ModelPublished::getModelId).toList();
        if (ids.isEmpty()) {
            return "unknown: no " + kind + " model has been published yet. Train one first, with a request on "
                    + requests(task).name() + ".";
        }
        String more = ids.size() > NAMES_IN_MESSAGE ? " and " + (ids.size() - NAMES_IN_MESSAGE) + " older ones" : "";
        return "no published " + kind + " model; there are, newest first, "
                + String.join(", ", ids.subList(0, Math.min(NAMES_IN_MESSAGE, ids.size()))) + more + ".";
    }

    private static Topic requests(ModelTask task) {
        return task == ModelTask.DIFFUSION ? Topics.DIFFUSION_TRAINING_REQUESTS : Topics.CLASSIFIER_TRAINING_REQUESTS;
    }
}
