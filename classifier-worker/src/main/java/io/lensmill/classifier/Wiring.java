package io.lensmill.classifier;

import io.lensmill.classifier.scoring.ClassificationFactory;
import io.lensmill.classifier.scoring.ComputeLock;
import io.lensmill.classifier.scoring.ImageIntake;
import io.lensmill.classifier.scoring.ImageScoring;
import io.lensmill.classifier.scoring.Lanes;
import io.lensmill.classifier.scoring.ModelCache;
import io.lensmill.classifier.scoring.ModelLoader;
import io.lensmill.classifier.scoring.SampleScoring;
import io.lensmill.classifier.training.TrainingEnvironment;
import io.lensmill.contracts.ModelTask;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.storage.ObjectStore;
import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.MessageSender;
import io.lensmill.worker.WholeTopics;
import io.lensmill.worker.reading.UnseenLedger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the plain objects together: who needs what, in one place. */
@Singleton
final class Wiring {

    /** One is written, one computed, and one stands ready: 32 MiB of files each at most (application.properties). */
    private static final int MOST_BATCHES = 3;

    private final ClassifierConfig config;

    Wiring(ClassifierConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    PublishedModels models(WholeTopics wholeTopics) {
        return new PublishedModels(ModelTask.CLASSIFIER, wholeTopics::awaitModels);
    }

    @Produces
    @Singleton
    ComputeLock computeLock() {
        return new ComputeLock();
    }

    @Produces
    @Singleton
    ModelCache cache(
            PublishedModels models, ObjectStore store, ComputeLock computeLock, Lanes lanes, Accounting accounting) {
        ModelLoader loader = new ModelLoader(
                store,
                network -> Executors.best(ResNet.define(network)),
                config.classifier().batchSize(),
                lanes.count(),
                computeLock,
                accounting);
        return new ModelCache(models, loader, config.classifier().modelsInMemory(), lanes, accounting);
    }

    @Produces
    @Singleton
    Lanes lanes(ComputeThreads threads) {
        return threads.lanes("lane");
    }

    void close(@Disposes Lanes lanes) {
        lanes.close();
    }

    @Produces
    @Singleton
    BatchesInFlight batchesInFlight(MeterRegistry registry) {
        BatchesInFlight inFlight = new BatchesInFlight(MOST_BATCHES);
        Gauge.builder("lensmill.images.in.hand", inFlight, BatchesInFlight::images)
                .register(registry);
        return inFlight;
    }

    @Produces
    @Singleton
    ImageScoring imageScoring(ObjectStore store, ModelCache cache, Lanes lanes) {
        ImageLimits limits = new ImageLimits(
                config.classifier().maxImageSide(), config.classifier().maxImageBytes());
        return new ImageScoring(
                new ImageIntake(store, limits), cache, new ClassificationFactory(Clock.systemUTC()), lanes);
    }

    @Produces
    @Singleton
    SampleScoring sampleScoring(ObjectStore store, ModelCache cache, Lanes lanes) {
        return new SampleScoring(store, cache, new ClassificationFactory(Clock.systemUTC()), lanes);
    }

    @Produces
    @Singleton
    TrainingEnvironment trainingEnvironment(
            ObjectStore store, PublishedModels models, ComputeLock computeLock, MessageSender sender) {
        return new TrainingEnvironment(
                store,
                network -> Executors.best(ResNet.define(network)),
                models,
                computeLock,
                new KafkaTrainingResults(sender),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    Accounting accounting(MeterRegistry registry, UnseenLedger unseen, BrokerTopics topics) {
        Accounting accounting = new Accounting(registry, Clock.systemUTC());
        accounting.watch(unseen, topics);
        return accounting;
    }
}
