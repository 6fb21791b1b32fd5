package io.lensmill.diffusion;

import io.lensmill.contracts.ModelTask;
import io.lensmill.diffusion.generation.GenerationEnvironment;
import io.lensmill.diffusion.model.ModelLoader;
import io.lensmill.diffusion.model.ModelsInUse;
import io.lensmill.diffusion.model.Networks;
import io.lensmill.diffusion.training.TrainingEnvironment;
import io.lensmill.imaging.dataset.DatasetRepository;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.neural.engine.EngineSettings;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.UNet;
import io.lensmill.storage.ObjectStore;
import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.MessageSender;
import io.lensmill.worker.Messages;
import io.lensmill.worker.WholeTopics;
import io.lensmill.worker.reading.UnseenLedger;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the plain objects together: who needs what, in one place. */
@Singleton
final class Wiring {

    private final DiffusionConfig config;

    Wiring(DiffusionConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    PublishedModels models(WholeTopics wholeTopics) {
        return new PublishedModels(ModelTask.DIFFUSION, wholeTopics::awaitModels);
    }

    @Produces
    @Singleton
    Networks networks() {
        return network -> Executors.best(UNet.define(network));
    }

    @Produces
    @Singleton
    TrainingEnvironment trainingEnvironment(
            ObjectStore store, PublishedModels models, MessageSender sender, ComputeThreads computeThreads) {
        return new TrainingEnvironment(
                store,
                new DatasetRepository(store),
                models,
                network -> Executors.sliced(
                        UNet.define(network), EngineSettings.fromEnvironment(), computeThreads.threads()),
                model -> sender.publish(Messages.of(model)),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    GenerationEnvironment generationEnvironment(
            ObjectStore store,
            PublishedModels models,
            Networks networks,
            MessageSender sender,
            Accounting accounting,
            ComputeThreads computeThreads) {
        GenerationEnvironment.BatchSizes batchSizes = new GenerationEnvironment.BatchSizes(
                config.diffusion().batchImages(), config.diffusion().batchPixels());
        ModelLoader loader = new ModelLoader(store, networks);
        return new GenerationEnvironment(
                store,
                models,
                loader,
                modelsInUse(loader, batchSizes, computeThreads),
                batch -> {
                    sender.publish(Messages.of(batch));
                    accounting.imagesGenerated(batch.getCount());
                },
                batchSizes,
                Clock.systemUTC());
    }

    private static ModelsInUse modelsInUse(
            ModelLoader loader, GenerationEnvironment.BatchSizes batchSizes, ComputeThreads computeThreads) {
        // A job that goes on after a crash must make the same bytes, whatever other jobs were at work then and are now.
        ModelsInUse.PassSizes shared = computeThreads.imagesAreIndependent() ? batchSizes::of : imageSize -> 0;
        return new ModelsInUse(loader, computeThreads.lanes(), shared, computeThreads.forLanes());
    }

    @Produces
    @Singleton
    ComputeThreads computeThreads() {
        return new ComputeThreads(
                config.diffusion().threads(), config.diffusion().generationJobs());
    }

    @Produces
    @Singleton
    Accounting accounting(MeterRegistry registry, UnseenLedger unseen, BrokerTopics topics) {
        Accounting accounting = new Accounting(registry);
        accounting.watch(unseen, topics);
        return accounting;
    }
}
