package io.lensmill.diffusion;

import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.Topics;
import io.lensmill.diffusion.generation.GenerationEnvironment;
import io.lensmill.diffusion.model.ModelLoader;
import io.lensmill.diffusion.model.ModelsInUse;
import io.lensmill.diffusion.model.Networks;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.diffusion.training.TrainingEnvironment;
import io.lensmill.imaging.dataset.DatasetRepository;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.edge.JobIntake;
import io.lensmill.neural.EngineSettings;
import io.lensmill.neural.Executors;
import io.lensmill.neural.networks.UNet;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.StoreSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts the plain objects together: who needs what, in one place. */
@Singleton
final class Wiring {

    private final DiffusionConfig config;

    Wiring(DiffusionConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    ObjectStore store() throws IOException {
        DiffusionConfig.Store store = config.store();
        return MinioObjectStore.connect(new StoreSettings(
                store.endpoint(),
                required("lensmill.store.access-key", store.accessKey()),
                required("lensmill.store.secret-key", store.secretKey()),
                store.bucket(),
                store.region()));
    }

    private static String required(String property, Optional<String> value) {
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() -> new IllegalStateException("The setting " + property
                        + " is missing (environment variable "
                        + property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") + ")"));
    }

    /** Acknowledged by every replica; a record that is not taken within 20 s counts as not written. */
    @Produces
    @Singleton
    Producer<String, byte[]> producer(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000L);
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "lensmill-diffusion-outbox");
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    void close(@Disposes Producer<String, byte[]> producer) {
        producer.close(Duration.ofSeconds(5));
    }

    @Produces
    @Singleton
    Outbox outbox(Producer<String, byte[]> producer) {
        return new Outbox(producer);
    }

    @Produces
    @Singleton
    Cancellations cancellations() {
        return new Cancellations();
    }

    @Produces
    @Singleton
    WholeTopics wholeTopics(Cancellations cancellations) {
        return new WholeTopics(cancellations);
    }

    @Produces
    @Singleton
    PublishedModels publishedModels(WholeTopics wholeTopics) {
        return new PublishedModels(ModelTask.DIFFUSION, wholeTopics::awaitModels);
    }

    @Produces
    @Singleton
    JobRunner jobRunner(ObjectStore store, Outbox outbox, Cancellations cancellations) {
        return new JobRunner(store, event -> outbox.publish(Messages.of(event)), cancellations, Clock.systemUTC());
    }

    @Produces
    @Singleton
    JobIntake jobIntake(JobRunner runner, Outbox outbox) {
        return new JobIntake(runner, outbox);
    }

    @Produces
    @Singleton
    Networks networks() {
        return network -> Executors.best(UNet.define(network));
    }

    @Produces
    @Singleton
    TrainingEnvironment trainingEnvironment(
            ObjectStore store, PublishedModels models, Outbox outbox, ComputeThreads computeThreads) {
        return new TrainingEnvironment(
                store,
                new DatasetRepository(store),
                models,
                network -> Executors.sliced(
                        UNet.define(network), EngineSettings.fromEnvironment(), computeThreads.threads()),
                model -> outbox.publish(Messages.of(model)),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    GenerationEnvironment generationEnvironment(
            ObjectStore store,
            PublishedModels models,
            Networks networks,
            Outbox outbox,
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
                    outbox.publish(Messages.of(batch));
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
        return new ComputeThreads(config.diffusion().threads());
    }

    @Produces
    @Singleton
    Accounting accounting(MeterRegistry registry) {
        return new Accounting(registry);
    }
}
