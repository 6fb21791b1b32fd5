package io.lensmill.embedded;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Clients as the workers use them. */
final class KafkaClients {

    private static final int LARGEST_REQUEST = 10 * 1024 * 1024;
    private static final long WAIT_SECONDS = 30;

    private final String bootstrapServers;

    KafkaClients(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /**
     * Creates a topic and returns when its partitions take records.
     *
     * <p>A broker announces a partition a moment before it leads it. A producer that sends several batches in that
     * moment can have the first refused and the second taken; the first is then out of order for ever. Asking the
     * leader for offsets ends only when it leads.
     */
    void createTopic(String name, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) -1)))
                    .all()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(name, partition))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            // Before that, the broker may not know the topic at all, and then the client does not ask again by itself.
            await().atMost(Duration.ofSeconds(WAIT_SECONDS))
                    .ignoreExceptionsMatching(e -> e.getCause() instanceof UnknownTopicOrPartitionException)
                    .untilAsserted(() -> admin.listOffsets(ends).all().get(WAIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    String clusterId() throws Exception {
        try (Admin admin = admin()) {
            return admin.describeCluster().clusterId().get(WAIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    long committedOffset(String group, TopicPartition partition) throws Exception {
        try (Admin admin = admin()) {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS)
                    .get(partition)
                    .offset();
        }
    }

    Producer<String, byte[]> producer() {
        return producer(Map.of());
    }

    Producer<String, byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("acks", "all");
        settings.put("max.request.size", LARGEST_REQUEST);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Reads as a group member from the beginning, until there are so many records or half a minute has passed. */
    List<ConsumerRecord<String, byte[]>> readAll(String topic, int count) {
        return read(topic, count, Duration.ofSeconds(WAIT_SECONDS));
    }

    /** Reads what there is within the time. */
    List<ConsumerRecord<String, byte[]>> readFor(String topic, Duration time) {
        return read(topic, Integer.MAX_VALUE, time);
    }

    private List<ConsumerRecord<String, byte[]>> read(String topic, int count, Duration time) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                "reader-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        try (Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            long deadline = System.nanoTime() + time.toNanos();
            while (records.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}
