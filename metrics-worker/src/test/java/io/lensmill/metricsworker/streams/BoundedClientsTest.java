package io.lensmill.metricsworker.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Topics;
import io.lensmill.embedded.EmbeddedKafka;
import io.lensmill.messaging.PollBudget;
import io.lensmill.messaging.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BoundedClientsTest {

    private static final int MIB = 1024 * 1024;
    private static final int RECORDS = 40;

    @Test
    @Timeout(60)
    void whatWasCompressedWellComesInSeveralPolls(@TempDir Path directory) throws Exception {
        // Given: 320 MiB of zeros, which zstd makes so small that one fetch holds all of them
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            Map<String, Object> broker = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (Admin admin = Admin.create(broker)) {
                TopicSetup.createMissing(admin, List.of(Topics.DEAD_LETTERS), (short) 1);
            }
            send(kafka.bootstrapServers());
            List<Long> offsets = new ArrayList<>();
            int polls = 0;

            // When
            try (Consumer<byte[], byte[]> consumer = new BoundedClients()
                    .getConsumer(
                            Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest"))) {
                consumer.assign(List.of(new TopicPartition(Topics.DEAD_LETTERS.name(), 0)));
                while (offsets.size() < RECORDS) {
                    long bytes = 0;
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                        bytes += record.value().length;
                        offsets.add(record.offset());
                    }

                    // Then: no poll is larger than its budget and one record
                    assertThat(bytes).isLessThanOrEqualTo(PollBudget.MAX_BYTES);
                    polls += bytes > 0 ? 1 : 0;
                }
            }
            assertThat(offsets).hasSize(RECORDS).isSorted().doesNotHaveDuplicates();
            assertThat(polls).isGreaterThanOrEqualTo(RECORDS * 8 * MIB / PollBudget.MAX_BYTES);
        }
    }

    private static void send(String bootstrapServers) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "compression.type",
                "zstd",
                "max.request.size",
                16 * MIB,
                "linger.ms",
                50);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] zeros = new byte[8 * MIB];
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(Topics.DEAD_LETTERS.name(), null, zeros))
                        .get();
            }
        }
    }
}
