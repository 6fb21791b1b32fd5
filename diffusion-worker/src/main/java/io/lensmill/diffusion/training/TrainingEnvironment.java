package io.lensmill.diffusion.training;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.diffusion.model.Networks;
import io.lensmill.imaging.dataset.DatasetRepository;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.storage.ObjectStore;
import java.time.Clock;

/**
 * What a training job needs of the outside.
 *
 * @param store datasets, checkpoints, models
 * @param datasets of that store
 * @param models published ones, to start from
 * @param networks makes the network
 * @param publisher announces the finished model
 * @param clock for dates
 */
public record TrainingEnvironment(
        ObjectStore store,
        DatasetRepository datasets,
        PublishedModels models,
        Networks networks,
        Publisher publisher,
        Clock clock) {

    /** Announces a model; returns when the broker has the message. */
    @FunctionalInterface
    public interface Publisher {
        void publish(ModelPublished model);
    }
}
