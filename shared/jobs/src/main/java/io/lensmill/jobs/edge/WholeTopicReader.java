package io.lensmill.jobs.edge;

import io.lensmill.contracts.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Follows a small topic from its first record, on a thread of its own, and knows when all that stood there at the start
 * has been read. It belongs to no consumer group: every instance reads every record, and nothing is left behind in the
 * broker. When the broker is away it begins again from the first record, so the handler must take repeats.
 */
public final class WholeTopicReader implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WholeTopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long RESTART_PAUSE_MILLIS = 1_000;

    private final Map<String, Object> configuration;
    private final Topic topic;
    private final Consumer<ConsumerRecord<String, byte[]>> handler;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts reading.
     *
     * @param connection bootstrap.servers and, where needed, security settings
     * @param topic an existing topic
     * @param handler called for each record, one at a time; its exceptions are logged and the record is passed over
     */
    public WholeTopicReader(
            Map<String, Object> connection, Topic topic, Consumer<ConsumerRecord<String, byte[]>> handler) {
        this.configuration = new HashMap<>(connection);
        configuration.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        configuration.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.topic = topic;
        this.handler = handler;
        this.thread = new Thread(this::followUntilClosed, "reader-" + topic.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether all that stood on the topic when the reader started has been handled. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /**
     * Waits for {@link #isCaughtUp}.
     *
     * @return false when it takes longer
     */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void followUntilClosed() {
        while (closed.getCount() > 0) {
            try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(configuration)) {
                follow(consumer);
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "Reading %s failed; it is read again from its first record", topic.name());
                pause();
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (closed.getCount() > 0) {
            consumer.poll(POLL).forEach(this::handle);
            // The position, not the records: compaction can take away the last offsets.
            if (!isCaughtUp() && partitions.stream().allMatch(p -> consumer.position(p) >= ends.get(p))) {
                caughtUp.countDown();
            }
        }
    }

    private void handle(ConsumerRecord<String, byte[]> record) {
        try {
            handler.accept(record);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The record %s-%d@%d was passed over", record.topic(), record.partition(), record.offset());
        }
    }

    private void pause() {
        try {
            closed.await(RESTART_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
