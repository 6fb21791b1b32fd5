package io.lensmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.benchmark.RandomClassifier;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.local.ChildProcess;
import io.lensmill.local.Home;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Ports;
import io.lensmill.local.TemporaryFolder;
import io.lensmill.local.Worker;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Broker, store and all three packaged workers, and a sender that holds to no limit. */
final class StackUnderTest implements AutoCloseable {

    private final TemporaryFolder folder = TemporaryFolder.create("lensmill-crash");
    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalStack stack;
    private final Broker broker;
    private final ObjectStore store;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Collection<ChildProcess> begun;

    /** @param options further JVM options of the workers */
    StackUnderTest(String... options) throws Exception {
        stack = new LocalStack(Home.path(), folder.path(), Ports.free(), EnumSet.allOf(Worker.class), List.of(options));
        stack.start(line -> {});
        begun = stack.workers();
        broker = Broker.connect(KafkaServers.at(stack.bootstrapServers()), Topics.ALL);
        store = MinioObjectStore.connect(stack.store());
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        stack.bootstrapServers(),
                        "compression.type",
                        "zstd",
                        "buffer.memory",
                        256L * 1024 * 1024,
                        "max.request.size",
                        64 * 1024 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    Broker broker() {
        return broker;
    }

    ObjectStore store() {
        return store;
    }

    /** Returns when the broker has the record. */
    RecordMetadata send(ProducerRecord<byte[], byte[]> record) throws Exception {
        return producer.send(record).get();
    }

    void send(Topic topic, String key, byte[] value) throws Exception {
        send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value));
    }

    void send(Topic topic, String key, SpecificRecord message) throws Exception {
        send(topic, key, Envelope.encode(message));
    }

    /** Publishes a classifier with the initial weights of the seed. */
    void publishModel(String modelId, long seed) throws Exception {
        send(Topics.MODELS, modelId, RandomClassifier.FAST_64.release(store, modelId, seed));
    }

    /** What a worker answers to a GET. */
    String get(Worker worker, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stack.port(worker) + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** A metric in Prometheus' format, summed over its labels that hold the text; 0 where there is none. */
    double metric(Worker worker, String name, String label) throws IOException, InterruptedException {
        return get(worker, "/q/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** No process has ended since the start, and each says of itself that it is well. */
    void requireUntouched() throws IOException, InterruptedException {
        assertThat(stack.workers()).as("nothing was started again").isEqualTo(begun);
        stack.requireAlive();
        for (Worker worker : Worker.values()) {
            assertThat(get(worker, "/q/health"))
                    .as("health of %s", worker)
                    .contains("\"status\": \"UP\"")
                    .doesNotContain("\"DOWN\"");
        }
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
        stack.close();
        folder.delete();
    }
}
