package io.lensmill.cli.messages;

import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.messaging.TopicSetup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A Kafka cluster as the commands use it: topics made ready, messages sent, topics read. */
public final class Broker implements AutoCloseable {

    private static final int ANSWER_SECONDS = 15;
    /** Dozens of images in one request; Kafka's 16 KiB are one image of 64 x 64 pixels. */
    private static final int SENT_TOGETHER_BYTES = 512 * 1024;
    /** The replication factor of topics that are made here: the cluster's own default. */
    private static final short CLUSTER_DEFAULT = -1;

    private final KafkaServers servers;
    private final Consumer<String> warnings;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<Exception> failedSend = new AtomicReference<>();

    private Broker(KafkaServers servers, Consumer<String> warnings) {
        this.servers = servers;
        this.warnings = warnings;
        this.producer = new KafkaProducer<>(producerSettings(), new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Connects and makes sure that the topics exist.
     *
     * @throws CommandFailure when the cluster does not answer
     */
    public static Broker connect(KafkaServers servers, List<Topic> topics) {
        return connect(servers, topics, unheard -> {});
    }

    /**
     * As above.
     *
     * @param warnings gets a sentence for each topic that is read and has records that cannot be
     */
    public static Broker connect(KafkaServers servers, List<Topic> topics, Consumer<String> warnings) {
        Reachability.require(servers.bootstrapServers());
        try (Admin admin = Admin.create(servers.clientSettings(Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_SECONDS * 1000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWER_SECONDS * 1000)))) {
            admin.describeCluster().clusterId().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            TopicSetup.createMissing(admin, topics, CLUSTER_DEFAULT);
            return new Broker(servers, warnings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted while connecting to Kafka at " + servers, e);
        } catch (ExecutionException | TimeoutException | KafkaException | IllegalStateException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CommandFailure("Kafka at " + servers + " does not answer: " + cause.getMessage(), e);
        }
    }

    /** Sends one message in its envelope and waits until the brokers have it. */
    public void send(Topic topic, String key, SpecificRecord message) {
        enqueue(topic, key, Envelope.encode(message), Map.of());
        flush();
    }

    /** Hands a value over for sending; {@link #flush} reports whether it arrived. */
    public void enqueue(Topic topic, String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic.name(), key, value);
        headers.forEach((name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        // The callback hears of a failure, flush() tells it.
        Future<RecordMetadata> unused =
                producer.send(message, (metadata, failure) -> failedSend.compareAndSet(null, failure));
    }

    /** @throws CommandFailure when any message handed over so far did not reach the brokers */
    public void flush() {
        producer.flush();
        Exception failure = failedSend.get();
        if (failure != null) {
            throw new CommandFailure("A message did not reach Kafka: " + failure.getMessage(), failure);
        }
    }

    /** Everything that stands on the topic, then what follows. */
    public TopicReader readFromStart(Topic topic) {
        return TopicReader.fromStart(servers, topic, warnings);
    }

    /** Only what is written from this moment on. */
    public TopicReader readFromNow(Topic topic) {
        return TopicReader.fromNow(servers, topic, warnings);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(ANSWER_SECONDS));
    }

    private Map<String, Object> producerSettings() {
        return servers.clientSettings(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "zstd",
                ProducerConfig.BATCH_SIZE_CONFIG,
                SENT_TOGETHER_BYTES,
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topics.MAX_MESSAGE_BYTES,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                ANSWER_SECONDS * 1000));
    }
}
