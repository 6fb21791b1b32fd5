package io.lensmill.metricsworker.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.contracts.Topics;
import io.lensmill.embedded.EmbeddedKafka;
import io.lensmill.messaging.TopicSetup;
import io.lensmill.metricsworker.Classifications;
import io.lensmill.metricsworker.report.ReportDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The topology on a real broker: a worker that stops in mid-stream reports what one that never stopped does. On a
 * broker of its own: the workers of other tests read every collection on theirs, and report it with other settings.
 */
class RestartTest {

    private static final int REAL = 400;
    private static final int MADE = 250;

    @TempDir
    private Path directory;

    private final String application = "restart-" + UUID.randomUUID();
    private final String model = application;
    private EmbeddedKafka kafka;
    private String servers;
    private final ExecutorService reports = Executors.newSingleThreadExecutor();
    private final Map<String, MetricReport> newest = new HashMap<>();
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;

    @BeforeEach
    void connect(@TempDir Path kafkaDirectory) throws IOException {
        kafka = EmbeddedKafka.start(kafkaDirectory);
        servers = kafka.bootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            TopicSetup.createMissing(admin, MetricsTopology.TOPICS, (short) 1);
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "isolation.level", "read_committed");
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(Topics.REPORTS.name(), 0);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition);
    }

    @AfterEach
    void disconnect() {
        producer.close();
        consumer.close();
        reports.shutdownNow();
        kafka.close();
    }

    private KafkaStreams start(String stateDir) {
        TopologySettings settings = MetricsTopologyTest.settings(150, 100, 8, Duration.ofMillis(500));
        ReportDesk desk = new ReportDesk(settings.report(), reports, Runnable::run, System::nanoTime, 0.5);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve(stateDir).toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksMemory.class);
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.mainConsumerPrefix("internal.leave.group.on.close"), true);
        KafkaStreams streams = new KafkaStreams(
                MetricsTopology.build(settings, desk, new MetricsTopologyTest.Counts(), ReportListener.NONE),
                properties);
        streams.setUncaughtExceptionHandler(new ThreadRevival(Clock.systemUTC()));
        streams.start();
        return streams;
    }

    private void send(List<Classification> messages) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Classification message : messages) {
            sent.add(producer.send(new ProducerRecord<>(
                    Topics.CLASSIFICATIONS.name(), message.getImageId(), Envelope.encode(message))));
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    /** The newest report of the collection once it has received so many records. */
    private MetricReport await(String collection, long received, long referenceCount) {
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> {
            for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(200))) {
                newest.put(message.key(), Envelope.decode(message.value(), MetricReport.class));
            }
            MetricReport report = newest.get(model + "/" + collection);
            return report != null
                    && report.getReceived() == received
                    && (report.getRealism() == null || report.getRealism().getReferenceCount() == referenceCount);
        });
        return newest.get(model + "/" + collection);
    }

    @Test
    void keptStateAndWipedStateGiveTheNumbersOfAnUninterruptedRun() throws Exception {
        // Given
        List<Classification> real = Classifications.real(model, "real", REAL);
        List<Classification> made = Classifications.generated(model, "made", "real", MADE);
        List<Classification> straight = new ArrayList<>();
        real.forEach(m -> straight.add(copy(m, "real-straight", null)));
        made.forEach(m -> straight.add(copy(m, "made-straight", "real-straight")));
        // When: a first worker sees a part
        KafkaStreams first = start("kept");
        send(real.subList(0, 230));
        send(made.subList(0, 100));
        await("made", 100, 230);
        first.close();
        // and a second one, with the same state, some repeats and a second part
        send(real.subList(200, 300));
        send(made.subList(90, 180));
        KafkaStreams second = start("kept");
        await("made", 190, 300);
        second.close();
        // and a third one, whose state is gone, the rest
        send(made.subList(180, MADE));
        KafkaStreams third = start("wiped");
        send(real.subList(300, REAL));
        send(straight);
        MetricReport interrupted = await("made", MADE + 10, REAL);
        MetricReport uninterrupted = await("made-straight", MADE, REAL);
        MetricReport realInterrupted = await("real", REAL + 30, 0);
        MetricReport realUninterrupted = await("real-straight", REAL, 0);
        third.close();
        // Then
        assertThat(interrupted.getCounted()).isEqualTo(MADE);
        assertThat(interrupted.getDuplicates()).isEqualTo(10);
        assertThat(realInterrupted.getDuplicates()).isEqualTo(30);
        assertThat(realInterrupted.getClassification()).isEqualTo(realUninterrupted.getClassification());
        assertSame(interrupted.getRealism(), uninterrupted.getRealism());
        assertThat(interrupted.getInputOffsets()).isNotEmpty();
    }

    /** The same image in another collection: it keeps its id, and with it its place in every draw. */
    private static Classification copy(Classification message, String collection, String reference) {
        return Classification.newBuilder(message)
                .setCollection(collection)
                .setReference(reference)
                .build();
    }

    private static void assertSame(RealismMetrics one, RealismMetrics other) {
        assertThat(one.getFid().getValue()).isCloseTo(other.getFid().getValue(), within(1e-9));
        assertThat(one.getFidFloor().getValue()).isCloseTo(other.getFidFloor().getValue(), within(1e-9));
        for (int k = 0; k < one.getKernels().size(); k++) {
            assertThat(one.getKernels().get(k).getRkeModeCount().getValue())
                    .isCloseTo(other.getKernels().get(k).getRkeModeCount().getValue(), within(1e-9));
            assertThat(one.getKernels().get(k).getRrke().getValue())
                    .isCloseTo(other.getKernels().get(k).getRrke().getValue(), within(1e-9));
        }
    }
}
