package io.lensmill.cli.messages;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Printable;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
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

    private final Consumer<String> warnings;
    private boolean warned;

    private TopicReader(
            KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions, Consumer<String> warnings) {
        this.consumer = consumer;
        this.warnings = warnings;
        consumer.assign(partitions);
        this.endAtOpening = consumer.endOffsets(partitions);
    }

    /** @param warnings gets a sentence when there is a record that cannot be read, once */
    static TopicReader fromStart(KafkaServers servers, Topic topic, Consumer<String> warnings) {
        TopicReader reader = open(servers, topic, warnings);
        reader.consumer.seekToBeginning(reader.endAtOpening.keySet());
        return reader;
    }

    /** @param warnings as above */
    static TopicReader fromNow(KafkaServers servers, Topic topic, Consumer<String> warnings) {
        TopicReader reader = open(servers, topic, warnings);
        reader.endAtOpening.forEach(reader.consumer::seek);
        return reader;
    }

    /** The next records, after waiting at most this long for the first of them. */
    public List<ConsumerRecord<String, byte[]>> poll(Duration patience) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        consumer.poll(patience).forEach(records::add);
        return records;
    }

    /**
     * The message of a record. Anybody may write to a topic: what cannot be read, or is the end of a key on a compacted
     * topic, is passed over.
     */
    public <T extends SpecificRecord> Optional<T> message(ConsumerRecord<String, byte[]> source, Class<T> type) {
        if (source.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Envelope.decode(source.value(), type));
        } catch (RefusedException e) {
            if (!warned) {
                warned = true;
                warnings.accept("passed over a record of " + source.topic() + " (partition " + source.partition()
                        + ", offset " + source.offset() + "): " + Printable.line(e.getMessage())
                        + " Further ones are passed over without a word.");
            }
            return Optional.empty();
        }
    }

    /** Whether everything that stood on the topic when it was opened has been read. */
    public boolean caughtUp() {
        return endAtOpening.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static TopicReader open(KafkaServers servers, Topic topic, Consumer<String> warnings) {
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
        return new TopicReader(consumer, partitions, warnings);
    }
}
