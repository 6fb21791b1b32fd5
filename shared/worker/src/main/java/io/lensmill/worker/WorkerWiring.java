package io.lensmill.worker;

import io.lensmill.contracts.Topics;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.KnownJobs;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.messaging.RecordKeySerializer;
import io.lensmill.messaging.TopicSettings;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.StorePatience;
import io.lensmill.worker.reading.UnseenLedger;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts together what every worker with jobs needs. The worker brings its {@link WorkerConfig}, and {@link
 * PublishedModels} of the task that it does.
 */
@Singleton
public class WorkerWiring {

    /** Outcomes for one partition go as one: Kafka's 16 KiB hold two, and each request costs the broker. */
    private static final int WRITTEN_TOGETHER_BYTES = 512 * 1024;

    @Produces
    @Singleton
    public ObjectStore store(WorkerConfig config, MeterRegistry registry) throws IOException {
        return MinioObjectStore.connect(
                config.store().requiredSettings(), StorePatience.DEFAULT, new StoreMeters(registry));
    }

    @Produces
    @Singleton
    public Producer<String, byte[]> producer(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            @ConfigProperty(name = "quarkus.application.name") String application) {
        // The name under which the broker and Prometheus know it.
        return connect(broker, application.replaceFirst("-worker$", "-outbox"));
    }

    /**
     * A producer whose records are acknowledged by every replica; one that is not taken within 20 s counts as not
     * written.
     */
    public static Producer<String, byte[]> connect(Map<String, Object> broker, String clientId) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, WRITTEN_TOGETHER_BYTES);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 20_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 20_000L);
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        return new KafkaProducer<>(settings, new RecordKeySerializer(), new ByteArraySerializer());
    }

    public void close(@Disposes Producer<String, byte[]> producer) {
        producer.close(Duration.ofSeconds(5));
    }

    @Produces
    @Singleton
    public MessageSender sender(Producer<String, byte[]> producer) {
        return new MessageSender(producer);
    }

    @Produces
    @Singleton
    public Cancellations cancellations() {
        return new Cancellations();
    }

    @Produces
    @Singleton
    public WholeTopics wholeTopics(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            Cancellations cancellations,
            KnownJobs knownJobs) {
        return new WholeTopics(broker, cancellations, knownJobs);
    }

    @Produces
    @Singleton
    public KnownJobs knownJobs() {
        return new KnownJobs();
    }

    @Produces
    @Singleton
    public Rejections rejections(KnownJobs known, WholeTopics wholeTopics, MessageSender sender) {
        return new Rejections(
                known, wholeTopics::awaitJobs, event -> sender.attempt(Messages.of(event)), Clock.systemUTC());
    }

    @Produces
    @Singleton
    public BrokerTopics brokerTopics(
            @Identifier("default-kafka-broker") Map<String, Object> broker, WorkerConfig config) {
        return new BrokerTopics(
                broker,
                new TopicSettings(
                        config.topics().replicationFactor(), config.topics().retentionHours()));
    }

    /** One attempt for each event: the runner knows which may be lost, and tries the others until they are taken. */
    @Produces
    @Singleton
    public JobRunner jobRunner(ObjectStore store, MessageSender sender, Cancellations cancellations) {
        return new JobRunner(store, event -> sender.attempt(Messages.of(event)), cancellations, Clock.systemUTC());
    }

    @Produces
    @Singleton
    public JobLifecycle jobLifecycle(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            BrokerTopics topics,
            WholeTopics wholeTopics,
            PublishedModels models,
            JobRunner jobs,
            MessageSender sender,
            UnseenLedger unseen) {
        return new JobLifecycle(
                topics, wholeTopics, models, jobs, sender, unseen, () -> JobLifecycle.referee(broker, sender));
    }

    @Produces
    @Singleton
    public JobHealth jobHealth(
            PublishedModels models, JobRunner jobs, WholeTopics wholeTopics, BrokerTopics topics, UnseenLedger unseen) {
        return new JobHealth(models, jobs, wholeTopics::areRead, topics, unseen);
    }

    @Produces
    @Singleton
    public UnseenLedger unseenLedger(
            @Identifier("default-kafka-broker") Map<String, Object> broker, MessageSender sender) {
        return new UnseenLedger(broker, gap -> sender.publish(Messages.of(gap)));
    }

    public void close(@Disposes UnseenLedger unseen) {
        unseen.close();
    }
}
