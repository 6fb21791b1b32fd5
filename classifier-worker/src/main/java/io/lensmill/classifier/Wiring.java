package io.lensmill.classifier;

import io.lensmill.contracts.ModelTask;
import io.lensmill.classifier.scoring.ClassificationFactory;
import io.lensmill.classifier.scoring.ComputeLock;
import io.lensmill.classifier.scoring.ImageIntake;
import io.lensmill.classifier.scoring.ImageScoring;
import io.lensmill.classifier.scoring.Lanes;
import io.lensmill.classifier.scoring.ModelCache;
import io.lensmill.classifier.scoring.ModelLoader;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.classifier.scoring.SampleScoring;
import io.lensmill.classifier.training.TrainingEnvironment;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.edge.JobIntake;
import io.lensmill.neural.Executors;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.StoreSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts the plain objects together: who needs what, in one place. */
@Singleton
final class Wiring {

    private static final int MAX_REQUEST_BYTES = 10 * 1024 * 1024;

    /** A batch's outcomes for one partition go as one: Kafka's 16 KiB hold two, and each request costs the broker. */
    private static final int WRITTEN_TOGETHER_BYTES = 512 * 1024;

    /** One is written, one computed, and one stands ready: 32 MiB of files each at most (application.properties). */
    private static final int MOST_BATCHES = 3;

    private final ClassifierConfig config;

    Wiring(ClassifierConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    ObjectStore store() throws IOException {
        ClassifierConfig.Store store = config.store();
        return MinioObjectStore.connect(new StoreSettings(
                store.endpoint(),
                required("lensmill.store.access-key", store.accessKey().orElse("")),
                required("lensmill.store.secret-key", store.secretKey().orElse("")),
                store.bucket(),
                store.region()));
    }

    private static String required(String property, String value) {
        if (value.isBlank()) {
            throw new IllegalStateException("The setting " + property + " is missing (environment variable "
                    + property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") + ")");
        }
        return value;
    }

    /** Acknowledged by every replica; a record that is not taken within 20 s is sent again by the outbox. */
    @Produces
    @Singleton
    Producer<String, byte[]> producer(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, WRITTEN_TOGETHER_BYTES);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000L);
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "lensmill-classifier-outbox");
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
    PublishedModels models(TopicReaders readers) {
        return new PublishedModels(ModelTask.CLASSIFIER, readers::awaitPresentEnd);
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
    BatchesInHand batchesInHand(MeterRegistry registry) {
        BatchesInHand inHand = new BatchesInHand(MOST_BATCHES);
        Gauge.builder("lensmill.images.in.hand", inHand, BatchesInHand::images).register(registry);
        return inHand;
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
    Cancellations cancellations() {
        return new Cancellations();
    }

    @Produces
    @Singleton
    JobRunner jobRunner(ObjectStore store, Outbox outbox, Cancellations cancellations) {
        return new JobRunner(
                store, event -> outbox.write(List.of(Messages.of(event))), cancellations, Clock.systemUTC());
    }

    @Produces
    @Singleton
    JobIntake jobIntake(JobRunner runner, Outbox outbox) {
        return new JobIntake(runner, letter -> outbox.write(List.of(letter)));
    }

    @Produces
    @Singleton
    TrainingEnvironment trainingEnvironment(
            ObjectStore store, PublishedModels models, ComputeLock computeLock, Outbox outbox) {
        return new TrainingEnvironment(
                store,
                network -> Executors.best(ResNet.define(network)),
                models,
                computeLock,
                new KafkaTrainingResults(outbox),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    Accounting accounting(MeterRegistry registry) {
        return new Accounting(registry, Clock.systemUTC());
    }
}
