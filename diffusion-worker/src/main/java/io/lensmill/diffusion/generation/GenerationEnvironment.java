package io.lensmill.diffusion.generation;

import io.lensmill.contracts.SampleBatch;
import io.lensmill.diffusion.model.ModelLoader;
import io.lensmill.diffusion.model.ModelsInUse;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.storage.ObjectStore;
import java.time.Clock;

/**
 * What a generation job needs of the outside.
 *
 * @param store where samples go
 * @param models published ones
 * @param loader reads what models say of themselves
 * @param modelsInUse networks, which jobs share
 * @param publisher announces batches
 * @param batchSizes images per batch
 * @param clock for dates
 */
public record GenerationEnvironment(
        ObjectStore store,
        PublishedModels models,
        ModelLoader loader,
        ModelsInUse modelsInUse,
        Publisher publisher,
        BatchSizes batchSizes,
        Clock clock) {

    /** Announces a batch; returns when the broker has the message. */
    @FunctionalInterface
    public interface Publisher {
        void publish(SampleBatch batch);
    }

    /**
     * How many images go through the network at once and into one array.
     *
     * @param images most images
     * @param pixels most pixels; one image is always allowed
     */
    public record BatchSizes(int images, int pixels) {

        /** @param imageSize edge of the images in pixels */
        public int of(int imageSize) {
            return Math.max(1, Math.min(images, pixels / (imageSize * imageSize)));
        }
    }
}
