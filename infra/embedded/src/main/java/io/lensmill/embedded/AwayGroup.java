package io.lensmill.embedded;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Brings a consumer group, for tests, to where retention leaves one that was away for too long. */
public final class AwayGroup {

    /** Records that come to each partition while the group is away. */
    public static final int RECORDS_PER_PARTITION = 2;

    /** How many of them are deleted: both of partition 0, and the first of partition 1. */
    public static final int DELETED = 3;

    private AwayGroup() {}

    /**
     * The group has read everything; then come records, whose values are no message and no image; then some of them are
     * deleted.
     *
     * @param group a group without members
     * @param topic an existing topic of two partitions or more
     * @param partitions how many it has
     */
    public static void leave(String bootstrapServers, String group, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                TopicPartition id = new TopicPartition(topic, partition);
                places.put(id, new OffsetAndMetadata(end(admin, id)));
            }
            admin.alterConsumerGroupOffsets(group, places).all().get();
            send(bootstrapServers, topic, partitions);
            delete(admin, places, new TopicPartition(topic, 0), 2);
            delete(admin, places, new TopicPartition(topic, 1), 1);
        }
    }

    /** Deletes everything, so that no other group of the topic reads what was left. */
    public static void clear(String bootstrapServers, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                TopicPartition id = new TopicPartition(topic, partition);
                all.put(id, RecordsToDelete.beforeOffset(end(admin, id)));
            }
            admin.deleteRecords(all).all().get();
        }
    }

    private static long end(Admin admin, TopicPartition partition) throws InterruptedException, ExecutionException {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private static void send(String bootstrapServers, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        try (Producer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            for (int partition = 0; partition < partitions; partition++) {
                for (int i = 0; i < RECORDS_PER_PARTITION; i++) {
                    byte[] value = "no message".getBytes(StandardCharsets.UTF_8);
                    producer.send(new ProducerRecord<>(topic, partition, "away-" + partition + "-" + i, value))
                            .get();
                }
            }
        }
    }

    private static void delete(
            Admin admin, Map<TopicPartition, OffsetAndMetadata> places, TopicPartition partition, int records)
            throws InterruptedException, ExecutionException {
        long end = places.get(partition).offset() + records;
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end)))
                .all()
                .get();
    }
}
