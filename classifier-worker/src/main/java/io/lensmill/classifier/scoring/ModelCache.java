package io.lensmill.classifier.scoring;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.jobs.PublishedModels;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The models in memory, a bounded number of them; the one that was used longest ago makes room. A model that it hands
 * out is good until the next call. Belongs to the scoring thread.
 */
public final class ModelCache implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ModelCache.class);

    private final PublishedModels published;
    private final ModelLoader loader;
    private final int capacity;
    private final Lanes lanes;
    private final ScoringMeasures measures;
    private final Map<String, LoadedModel> loaded = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, String> unusable = new HashMap<>();
    private volatile String current;

    /**
     * @param capacity most models in memory, at least 1
     * @param lanes warm a model's networks, each its own
     * @param measures told how long it takes until a model is ready
     */
    public ModelCache(
            PublishedModels published, ModelLoader loader, int capacity, Lanes lanes, ScoringMeasures measures) {
        this.published = published;
        this.loader = loader;
        this.capacity = capacity;
        this.lanes = lanes;
        this.measures = measures;
    }

    /** Id of the model that images without a wish were scored with last; empty while there was none. */
    public Optional<String> current() {
        return Optional.ofNullable(current);
    }

    /**
     * The newest classifier that can be used; where there is none, waits for the next one that is published.
     *
     * @throws IOException when the object store does not answer
     */
    public LoadedModel newest() throws IOException {
        while (true) {
            List<ModelPublished> newestFirst = published.newestFirst();
            Optional<LoadedModel> model = firstUsable(newestFirst);
            if (model.isPresent()) {
                current = model.get().identity().modelId();
                return model.get();
            }
            LOG.infof("Images wait for a classifier: %s", newestFirst.isEmpty() ? "no model yet" : "none is usable");
            published.awaitNewerThan(
                    newestFirst.isEmpty() ? null : newestFirst.get(0).getModelId());
        }
    }

    /**
     * Loads and warms the newest classifier that can be used, if there is one and it is not in memory.
     *
     * @throws IOException when the object store does not answer
     */
    public void prepareNewest() throws IOException {
        firstUsable(published.newestFirst());
    }

    private Optional<LoadedModel> firstUsable(List<ModelPublished> newestFirst) throws IOException {
        for (ModelPublished candidate : newestFirst) {
            Optional<LoadedModel> model = usable(candidate);
            if (model.isPresent()) {
                return model;
            }
        }
        return Optional.empty();
    }

    /**
     * The classifier of this id.
     *
     * @throws RefusedException UNKNOWN_MODEL when there is none, or its files are damaged
     * @throws IOException when the object store does not answer
     */
    public LoadedModel pinned(String modelId) throws RefusedException, IOException {
        ModelPublished model = published
                .find(modelId)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNKNOWN_MODEL,
                        "There is no published classifier '" + modelId + "'; leave modelId out to use the newest."));
        return usable(model)
                .orElseThrow(() -> new RefusedException(RefusalCode.UNKNOWN_MODEL, unusable.get(keyOf(model)) + "."));
    }

    private Optional<LoadedModel> usable(ModelPublished model) throws IOException {
        if (unusable.containsKey(keyOf(model))) {
            return Optional.empty();
        }
        LoadedModel inMemory = loaded.get(keyOf(model));
        if (inMemory != null) {
            return Optional.of(inMemory);
        }
        try {
            return Optional.of(load(model));
        } catch (UnusableModelException e) {
            LOG.errorf(e, "Model %s is not used", model.getModelId());
            unusable.put(keyOf(model), e.getMessage());
            return Optional.empty();
        }
    }

    private LoadedModel load(ModelPublished model) throws UnusableModelException, IOException {
        long begin = System.nanoTime();
        LoadedModel fresh = loader.load(model);
        loaded.put(keyOf(model), fresh);
        makeRoom();
        long loadedAfter = System.nanoTime() - begin;
        lanes.each(fresh::warmUp);
        long ready = System.nanoTime() - begin;
        measures.modelReady(ready);
        LOG.infof(
                "Loaded classifier %s in %d ms, warmed it in %d ms: %s",
                fresh.identity().extractorId(),
                TimeUnit.NANOSECONDS.toMillis(loadedAfter),
                TimeUnit.NANOSECONDS.toMillis(ready - loadedAfter),
                fresh.describe());
        return fresh;
    }

    private void makeRoom() {
        Iterator<Map.Entry<String, LoadedModel>> oldestFirst = loaded.entrySet().iterator();
        while (loaded.size() > capacity && oldestFirst.hasNext()) {
            Map.Entry<String, LoadedModel> oldest = oldestFirst.next();
            oldest.getValue().close();
            oldestFirst.remove();
        }
    }

    /** A model that is published again is read again. */
    private static String keyOf(ModelPublished model) {
        return model.getModelId() + "@" + model.getCreatedAt();
    }

    @Override
    public void close() {
        loaded.values().forEach(LoadedModel::close);
        loaded.clear();
    }
}
