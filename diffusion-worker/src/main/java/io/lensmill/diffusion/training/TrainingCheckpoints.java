package io.lensmill.diffusion.training;

import io.lensmill.jobs.CheckpointRecipe;
import io.lensmill.neural.Safetensors;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.util.Map;

/** The object that lets a killed job go on: its newest checkpoint. */
final class TrainingCheckpoints {

    private static final String RECIPE = "lensmill.recipe";
    private static final long MAX_BYTES = Integer.MAX_VALUE - 16L;

    private final ObjectStore store;
    private final CheckpointRecipe recipe;
    private final ObjectKey latest;

    /** @param recipe of the job; a checkpoint of another one is refused */
    TrainingCheckpoints(ObjectStore store, String jobId, CheckpointRecipe recipe) {
        this.store = store;
        this.recipe = recipe;
        this.latest = BucketLayout.checkpoint(jobId);
    }

    void write(TrainingRun run) throws IOException {
        store.put(latest, run.checkpoint(Map.of(RECIPE, recipe.text())));
    }

    /**
     * Puts the run where its newest checkpoint stands, if it has one.
     *
     * @return whether it has
     * @throws IllegalStateException when it is of another recipe, or damaged
     */
    boolean restore(TrainingRun run) throws IOException {
        byte[] checkpoint;
        try {
            checkpoint = store.get(latest, MAX_BYTES);
        } catch (ObjectNotFoundException e) {
            return false;
        }
        try {
            // Before anything is restored: another network would not even fit.
            recipe.requireSame(Safetensors.read(checkpoint).metadata().get(RECIPE));
            run.restore(checkpoint);
            return true;
        } catch (IOException e) {
            throw new IllegalStateException("The checkpoint " + latest + " is damaged: " + e.getMessage(), e);
        }
    }

    static void delete(ObjectStore store, String jobId) throws IOException {
        store.delete(BucketLayout.checkpoint(jobId));
    }
}
