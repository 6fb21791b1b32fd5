package io.lensmill.worker.reading;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jboss.logging.Logger;

/** A consumer that looks for what it never saw: for Kafka Streams, which takes whatever consumer it is given. */
public final class WatchedConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Logger LOG = Logger.getLogger(WatchedConsumer.class);
    private static final long GLANCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final ReadingWatch watch;
    private long lastGlance = System.nanoTime();

    /** @param settings with the consumer's group */
    public WatchedConsumer(Map<String, Object> settings, Deserializer<byte[]> values, UnseenLedger ledger) {
        super(settings, new ByteArrayDeserializer(), values);
        this.watch = new ReadingWatch(
                String.valueOf(settings.get(ConsumerConfig.GROUP_ID_CONFIG)), ledger, Clock.systemUTC());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
        quietly(() -> {
            watch.read(records);
            if (System.nanoTime() - lastGlance > GLANCE_NANOS) {
                lastGlance = System.nanoTime();
                watch.glance(this);
            }
        });
        return records;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Watching(listener));
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        super.subscribe(pattern, new Watching(listener));
    }

    /** A fault in counting must not stop what is counted. */
    private static void quietly(Runnable watching) {
        try {
            watching.run();
        } catch (RuntimeException e) {
            LOG.error("The partitions were not looked at for gaps", e);
        }
    }

    private final class Watching implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener next;

        private Watching(ConsumerRebalanceListener next) {
            this.next = next;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            quietly(() -> watch.assigned(WatchedConsumer.this, partitions));
            next.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            watch.revoked(partitions);
            next.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            watch.revoked(partitions);
            next.onPartitionsLost(partitions);
        }
    }
}
