package io.lensmill.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka Streams with exactly-once processing needs transactions, a changelog topic and a group coordinator. */
class EmbeddedKafkaStreamsTest {

    @TempDir
    Path directory;

    @Test
    void runsAnExactlyOnceTopology() throws Exception {
        // Given
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("kafka"))) {
            KafkaClients clients = new KafkaClients(kafka.bootstrapServers());
            clients.createTopic("in", 1);
            clients.createTopic("counts", 1);
            try (KafkaStreams streams = new KafkaStreams(counting(), settings(kafka.bootstrapServers()));
                    Producer<String, byte[]> producer = clients.producer()) {
                streams.start();
                await().atMost(Duration.ofSeconds(30)).until(() -> streams.state() == KafkaStreams.State.RUNNING);

                // When
                for (int i = 0; i < 30; i++) {
                    producer.send(new ProducerRecord<>("in", "sphere", new byte[] {1}))
                            .get(30, TimeUnit.SECONDS);
                }

                // Then
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(lastCount(clients)).isEqualTo(30));
            }
        }
    }

    private static long lastCount(KafkaClients clients) {
        List<ConsumerRecord<String, byte[]>> counts = clients.readFor("counts", Duration.ofSeconds(1));
        return counts.isEmpty()
                ? 0
                : ByteBuffer.wrap(counts.get(counts.size() - 1).value()).getLong();
    }

    private static Topology counting() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .groupByKey(Grouped.with(Serdes.String(), Serdes.ByteArray()))
                .count(Materialized.as(Stores.inMemoryKeyValueStore("count")))
                .toStream()
                .to("counts", Produced.with(Serdes.String(), Serdes.Long()));
        return builder.build();
    }

    private Properties settings(String bootstrapServers) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "counting");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve("streams").toString());
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        return settings;
    }
}
