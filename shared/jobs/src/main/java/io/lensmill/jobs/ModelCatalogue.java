package io.lensmill.jobs;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The models published so far, as heard on the models topic. Safe for use by several threads. */
public final class ModelCatalogue {

    /** Stands for the newest model of a task. */
    public static final String LATEST = "latest";

    // Models of the same millisecond: the id decides, so that every instance chooses the same one.
    private static final Comparator<ModelPublished> BY_AGE =
            Comparator.comparing(ModelPublished::getCreatedAt).thenComparing(ModelPublished::getModelId);

    private final Map<String, ModelPublished> byId = new ConcurrentHashMap<>();

    public void accept(ModelPublished model) {
        byId.put(model.getModelId(), model);
    }

    /** A record without a value on the compacted topic: the model is withdrawn. */
    public void withdraw(String modelId) {
        byId.remove(modelId);
    }

    public Optional<ModelPublished> newest(ModelTask task) {
        return byId.values().stream().filter(m -> m.getTask() == task).max(BY_AGE);
    }

    /** All models of a task, newest first. */
    public List<ModelPublished> all(ModelTask task) {
        return byId.values().stream()
                .filter(m -> m.getTask() == task)
                .sorted(BY_AGE.reversed())
                .toList();
    }

    /** The model of this id, or of the alias {@link #LATEST}; empty when there is none that does this task. */
    public Optional<ModelPublished> find(String modelIdOrLatest, ModelTask task) {
        if (LATEST.equals(modelIdOrLatest)) {
            return newest(task);
        }
        return Optional.ofNullable(byId.get(modelIdOrLatest)).filter(m -> m.getTask() == task);
    }
}
