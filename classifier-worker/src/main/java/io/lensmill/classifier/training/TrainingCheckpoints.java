package io.lensmill.classifier.training;

import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/**
 * The two objects that let a killed job go on: its newest checkpoint, and the weights of its best epoch so far. The
 * weights are written before the checkpoint that speaks of them, so a checkpoint never points to weights that are not
 * there.
 */
final class TrainingCheckpoints {

    /** Weights, momentum and second moments of the largest network, and room. */
    private static final long MAX_BYTES = 2000L * 1024 * 1024;

    private final ObjectStore store;
    private final ObjectKey latest;
    private final ObjectKey best;

    TrainingCheckpoints(ObjectStore store, String jobId) {
        this.store = store;
        this.latest = BucketLayout.checkpoint(jobId);
        String folder = latest.value().substring(0, latest.value().lastIndexOf('/'));
        this.best = ObjectKey.of(folder).resolve("best.safetensors");
    }

    void write(byte[] checkpoint) throws IOException {
        store.put(latest, checkpoint);
    }

    Optional<byte[]> read() throws IOException {
        try {
            return Optional.of(store.get(latest, MAX_BYTES));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    void writeBest(byte[] weights) throws IOException {
        store.put(best, weights);
    }

    byte[] readBest() throws IOException {
        return store.get(best, MAX_BYTES);
    }

    void delete() throws IOException {
        store.delete(latest);
        store.delete(best);
    }
}
