package io.lensmill.diffusion.training;

import io.lensmill.jobs.JobCancelledException;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.neural.Safetensors;
import io.lensmill.neural.training.NotFiniteException;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/** A training's newest checkpoint in the object store. */
final class Checkpoints {

    private static final Logger LOG = Logger.getLogger(Checkpoints.class);
    private static final String RECIPE = "lensmill.recipe";
    private static final long MAX_BYTES = Integer.MAX_VALUE - 16L;

    private final ObjectStore store;
    private final String jobId;
    private final String recipe;
    private final long betweenNanos;
    private long lastNanos = System.nanoTime();

    /**
     * @param recipe all that the weights depend on beside the number of steps; a checkpoint of another is not used
     * @param between time between two checkpoints
     */
    Checkpoints(ObjectStore store, String jobId, String recipe, Duration between) {
        this.store = store;
        this.jobId = jobId;
        this.recipe = recipe;
        this.betweenNanos = between.toNanos();
    }

    /**
     * Puts the training where its newest checkpoint stands, if it has one.
     *
     * @return whether it has
     */
    boolean resume(DiffusionTraining training) throws IOException {
        byte[] checkpoint;
        try {
            checkpoint = store.get(BucketLayout.checkpoint(jobId), MAX_BYTES);
        } catch (ObjectNotFoundException e) {
            return false;
        }
        // The recipe is compared before anything is restored: another network would not even fit.
        String found = Safetensors.read(checkpoint).metadata().get(RECIPE);
        if (!recipe.equals(found)) {
            LOG.warnf("Job %s: the stored checkpoint is of another recipe (%s); training begins anew", jobId, found);
            return false;
        }
        training.restore(checkpoint);
        LOG.infof("Job %s goes on from step %d", jobId, training.stepsDone());
        return true;
    }

    /** Writes a checkpoint when it is time for one. */
    void writeWhenDue(DiffusionTraining training, JobContext context)
            throws IOException, NotFiniteException, JobCancelledException, JobInterruptedException {
        if (System.nanoTime() - lastNanos >= betweenNanos) {
            training.requireFinite();
            writeNow(training, context);
        }
    }

    /** Writes a checkpoint now, and insists on it. */
    void writeNow(DiffusionTraining training, JobContext context)
            throws IOException, JobCancelledException, JobInterruptedException {
        context.insist("Writing the checkpoint of job " + jobId, () -> {
            write(training);
            return training;
        });
    }

    /** Writes a checkpoint now, with one attempt. */
    void write(DiffusionTraining training) throws IOException {
        store.put(BucketLayout.checkpoint(jobId), training.checkpoint(Map.of(RECIPE, recipe)));
        lastNanos = System.nanoTime();
    }

    static void remove(ObjectStore store, String jobId) throws IOException {
        store.delete(BucketLayout.checkpoint(jobId));
    }
}
