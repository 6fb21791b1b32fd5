package io.lensmill.classifier.training;

import io.lensmill.jobs.CheckpointRecipe;
import io.lensmill.neural.Safetensors;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The two objects that let a killed job go on: its newest checkpoint, and the weights of its best epoch so far. The
 * weights are written before the checkpoint that speaks of them, so a checkpoint never points to weights that are not
 * there.
 */
final class TrainingCheckpoints {

    private static final String RECIPE = "recipe";
    /** Weights, momentum and second moments of the largest network, and room. */
    private static final long MAX_BYTES = 2000L * 1024 * 1024;

    private final ObjectStore store;
    private final CheckpointRecipe recipe;
    private final ObjectKey latest;
    private final ObjectKey best;

    /** @param recipe of the job; a checkpoint of another one is refused */
    TrainingCheckpoints(ObjectStore store, String jobId, CheckpointRecipe recipe) {
        this.store = store;
        this.recipe = recipe;
        this.latest = BucketLayout.checkpoint(jobId);
        this.best = best(jobId);
    }

    private static ObjectKey best(String jobId) {
        String checkpoint = BucketLayout.checkpoint(jobId).value();
        return ObjectKey.of(checkpoint.substring(0, checkpoint.lastIndexOf('/')))
                .resolve("best.safetensors");
    }

    /** @param notes what to keep beside the run's own state */
    void write(TrainingRun run, Map<String, String> notes) throws IOException {
        Map<String, String> all = new HashMap<>(notes);
        all.put(RECIPE, recipe.text());
        store.put(latest, run.checkpoint(all));
    }

    /**
     * Puts the run where its newest checkpoint stands, if it has one.
     *
     * @return the checkpoint's notes
     * @throws IllegalStateException when it is of another recipe, or damaged
     */
    Optional<Map<String, String>> restore(TrainingRun run) throws IOException {
        byte[] checkpoint;
        try {
            checkpoint = store.get(latest, MAX_BYTES);
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
        try {
            // Before anything is restored: another network would not even fit.
            recipe.requireSame(Safetensors.read(checkpoint).metadata().get(RECIPE));
            return Optional.of(run.restore(checkpoint));
        } catch (IOException e) {
            throw new IllegalStateException("The checkpoint " + latest + " is damaged: " + e.getMessage(), e);
        }
    }

    void writeBest(byte[] weights) throws IOException {
        store.put(best, weights);
    }

    byte[] readBest() throws IOException {
        return store.get(best, MAX_BYTES);
    }

    static void delete(ObjectStore store, String jobId) throws IOException {
        store.delete(BucketLayout.checkpoint(jobId));
        store.delete(best(jobId));
    }
}
