package io.lensmill.cli.messages;

import io.lensmill.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads all partitions of one topic without a consumer group, so that nobody else's reading is disturbed. Only what
 * holds: the reports of a transaction that is rolled back, as after a worker's crash, are never seen.
 */
public final class TopicReader implements AutoCloseable {

    private static final int ANSWER_MILLIS = 15_000;

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<TopicPartition, Long> endAtOpening;

    private TopicReader(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        consumer.assign(partitions);
        this.endAtOpening = consumer.endOffsets(partitions);
    }

    static TopicReader fromStart(KafkaServers servers, Topic topic) {
        TopicReader reader = open(servers, topic);
        reader.consumer.seekToBeginning(reader.endAtOpening.keySet());
        return reader;
    }

    static TopicReader fromNow(KafkaServers servers, Topic topic) {
        TopicReader reader = open(servers, topic);
        reader.endAtOpening.forEach(reader.consumer::seek);
        return reader;
    }

    /** The next records, after waiting at most this long for the first of them. */
    public List<ConsumerRecord<String, byte[]>> poll(Duration patience) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        consumer.poll(patience).forEach(records::add);
        return records;
    }

    /** Whether everything that stood on the topic when it was opened has been read. */
    public boolean caughtUp() {
        return endAtOpening.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static TopicReader open(KafkaServers servers, Topic topic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                servers.clientSettings(Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        ANSWER_MILLIS)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        return new TopicReader(consumer, partitions);
    }
}
