package io.lensmill.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedKafkaTest {

    @TempDir
    static Path directory;

    private static EmbeddedKafka kafka;
    private static KafkaClients clients;

    @BeforeAll
    static void startBroker() throws IOException {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
        clients = new KafkaClients(kafka.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void handsBackWhatWasProduced() throws Exception {
        // Given
        clients.createTopic("round-trip", 10);
        try (Producer<String, byte[]> producer = clients.producer()) {
            // When
            for (byte i = 0; i < 100; i++) {
                producer.send(new ProducerRecord<>("round-trip", "key-" + i, new byte[] {i}))
                        .get(30, TimeUnit.SECONDS);
            }
        }

        // Then
        List<ConsumerRecord<String, byte[]>> records = clients.readAll("round-trip", 100);
        assertThat(records).hasSize(100).allMatch(r -> r.key().equals("key-" + r.value()[0]));
    }

    @Test
    void passesAMessageOf9MiB() throws Exception {
        // Given
        clients.createTopic("large", 1);
        byte[] image = new byte[9 * 1024 * 1024];
        new Random(3).nextBytes(image);

        // When
        try (Producer<String, byte[]> producer = clients.producer(Map.of("compression.type", "zstd"))) {
            producer.send(new ProducerRecord<>("large", "image", image)).get(30, TimeUnit.SECONDS);
        }

        // Then
        assertThat(clients.readAll("large", 1).get(0).value()).isEqualTo(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void takesEveryCompressionThatAProducerMayChoose(String compression) throws Exception {
        // Given
        String topic = "compressed-" + compression;
        clients.createTopic(topic, 1);
        byte[] image = new byte[16 * 1024];

        // When
        try (Producer<String, byte[]> producer = clients.producer(Map.of("compression.type", compression))) {
            producer.send(new ProducerRecord<>(topic, "image", image)).get(30, TimeUnit.SECONDS);
        }

        // Then
        assertThat(clients.readAll(topic, 1).get(0).value()).isEqualTo(image);
    }

    @Test
    void makesNoTopicByItself() throws Exception {
        // When
        try (Admin admin = clients.admin();
                Producer<String, byte[]> producer = clients.producer(Map.of("max.block.ms", "1000"))) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> producer.send(new ProducerRecord<>("mistyped", new byte[0]))
                            .get(30, TimeUnit.SECONDS));

            // Then
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> admin.describeTopics(List.of("mistyped"))
                            .allTopicNames()
                            .get(30, TimeUnit.SECONDS))
                    .withCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void showsCommittedTransactionsOnly() throws Exception {
        // Given
        clients.createTopic("transactions", 1);
        TopicPartition input = new TopicPartition("transactions", 0);
        try (Producer<String, byte[]> producer = clients.producer(Map.of("transactional.id", "tx-1"))) {
            producer.initTransactions();

            // When
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions", "aborted", new byte[0]))
                    .get(30, TimeUnit.SECONDS);
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions", "committed", new byte[0]))
                    .get(30, TimeUnit.SECONDS);
            producer.sendOffsetsToTransaction(
                    Map.of(input, new OffsetAndMetadata(42)), new ConsumerGroupMetadata("tx-group"));
            producer.commitTransaction();
        }

        // Then
        assertThat(clients.readAll("transactions", 1))
                .extracting(ConsumerRecord::key)
                .containsExactly("committed");
        assertThat(clients.committedOffset("tx-group", input)).isEqualTo(42);
    }

    @Test
    void keepsClusterAndRecordsWhenStartedAgain(@TempDir Path own) throws Exception {
        // Given
        String clusterId;
        int port = Ports.free();
        try (EmbeddedKafka first = EmbeddedKafka.start(own, port)) {
            KafkaClients before = new KafkaClients(first.bootstrapServers());
            before.createTopic("kept", 1);
            clusterId = before.clusterId();
            try (Producer<String, byte[]> producer = before.producer()) {
                producer.send(new ProducerRecord<>("kept", "key", new byte[] {7}))
                        .get(30, TimeUnit.SECONDS);
            }
        }

        // When
        try (EmbeddedKafka second = EmbeddedKafka.start(own, port)) {
            KafkaClients after = new KafkaClients(second.bootstrapServers());

            // Then
            assertThat(second.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(after.clusterId()).isEqualTo(clusterId);
            assertThat(after.readAll("kept", 1).get(0).value()).containsExactly(7);
        }
    }

    @Test
    void listensOnLoopbackOnly() throws Exception {
        // When
        try (Admin admin = clients.admin()) {
            Node node = admin.describeCluster()
                    .nodes()
                    .get(30, TimeUnit.SECONDS)
                    .iterator()
                    .next();

            // Then
            assertThat(InetAddress.getByName(node.host()).isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void saysThatThePortIsTaken(@TempDir Path own) {
        // Given
        int taken = Integer.parseInt(kafka.bootstrapServers().split(":", 2)[1]);

        // Then
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> EmbeddedKafka.start(own, taken))
                .withMessageContaining("127.0.0.1:" + taken);
    }
}
