package io.lensmill.jobs.edge;

import io.lensmill.contracts.Topic;
import io.lensmill.messaging.ReaderSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Follows a small topic from its first record, on a thread of its own, and knows when all that stood there at the start
 * has been read. Records of a transaction that was rolled back are not among them. It belongs to no consumer group:
 * every instance reads every record, and nothing is left behind in the broker. When the broker is away it begins again
 * from the first record, so the handler must take repeats.
 */
public final class WholeTopicReader implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WholeTopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long RESTART_PAUSE_MILLIS = 1_000;

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Topic topic;
    private final long last;
    private final Handler handler;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> caughtUp = readToEnd();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts reading.
     *
     * @param connection bootstrap.servers and, where needed, security settings
     * @param topic an existing topic
     * @param handler called for each record, one at a time; its exceptions are logged and the record is passed over
     */
    public WholeTopicReader(Map<String, Object> connection, Topic topic, Handler handler) {
        this(() -> new KafkaConsumer<>(configuration(connection)), topic, handler);
    }

    /**
     * Starts reading where the last so many records of each partition begin: for topics that grow for ever.
     *
     * @param last records of each partition; transaction markers and what compaction took away count too
     */
    public static WholeTopicReader ofLast(int last, Map<String, Object> connection, Topic topic, Handler handler) {
        return new WholeTopicReader(() -> new KafkaConsumer<>(configuration(connection)), topic, last, handler);
    }

    WholeTopicReader(Supplier<Consumer<String, byte[]>> consumers, Topic topic, Handler handler) {
        this(consumers, topic, Long.MAX_VALUE, handler);
    }

    WholeTopicReader(Supplier<Consumer<String, byte[]>> consumers, Topic topic, long last, Handler handler) {
        this.consumers = consumers;
        this.topic = topic;
        this.last = last;
        this.handler = handler;
        this.thread = new Thread(this::followUntilClosed, "reader-" + topic.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes one record. */
    @FunctionalInterface
    public interface Handler {
        void handle(ConsumerRecord<String, byte[]> record);
    }

    private static Map<String, Object> configuration(Map<String, Object> connection) {
        Map<String, Object> configuration = ReaderSettings.of(connection);
        configuration.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return configuration;
    }

    /** Whether all that stood on the topic when the reader started has been handled. */
    public boolean isCaughtUp() {
        return caughtUp.isDone();
    }

    /**
     * Waits for {@link #isCaughtUp}.
     *
     * @return false when it takes longer
     */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return await(caughtUp, patience);
    }

    /**
     * Waits until all that stands on the topic now has been handled. A request that follows a record of this topic, on
     * whatever other topic, can so be answered in the record's light.
     *
     * @return false when it takes longer
     */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return await(readToEnd(), patience);
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
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                follow(consumer);
                return;
            } catch (RuntimeException e) {
                LOG.warnf(e, "Reading %s failed; it is read again from its first record", topic.name());
                pause(RESTART_PAUSE_MILLIS);
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = partitions(consumer);
        if (partitions.isEmpty()) {
            return;
        }
        consumer.assign(partitions);
        seekToFirst(consumer, partitions);
        waiters.forEach(waiter -> waiter.ends = null);
        while (closed.getCount() > 0) {
            consumer.poll(POLL).forEach(this::handle);
            waiters.removeIf(waiter -> waiter.isServed(consumer, partitions));
        }
    }

    private void seekToFirst(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        consumer.seekToBeginning(partitions);
        if (last < Long.MAX_VALUE) {
            Map<TopicPartition, Long> firsts = consumer.beginningOffsets(partitions);
            consumer.endOffsets(partitions)
                    .forEach((partition, end) -> consumer.seek(partition, Math.max(firsts.get(partition), end - last)));
        }
    }

    /** Waits until this broker knows the topic, which it may not for some moments after its creation. */
    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        while (closed.getCount() > 0) {
            List<PartitionInfo> known = consumer.partitionsFor(topic.name());
            if (known != null && !known.isEmpty()) {
                return known.stream()
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
            }
            pause(POLL.toMillis());
        }
        return List.of();
    }

    private CompletableFuture<Void> readToEnd() {
        Waiter waiter = new Waiter();
        waiters.add(waiter);
        return waiter.served;
    }

    private static boolean await(CompletableFuture<Void> future, Duration patience) throws InterruptedException {
        try {
            future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nobody fails this future", e);
        }
    }

    private void handle(ConsumerRecord<String, byte[]> record) {
        try {
            handler.handle(record);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The record %s-%d@%d was passed over", record.topic(), record.partition(), record.offset());
        }
    }

    private void pause(long millis) {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Somebody who waits for what stood on the topic when they asked. Touched by the reader's thread. */
    private static final class Waiter {

        private final CompletableFuture<Void> served = new CompletableFuture<>();
        private Map<TopicPartition, Long> ends;

        boolean isServed(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
            if (ends == null) {
                ends = consumer.endOffsets(partitions);
            }
            // The position, not the records: compaction can take away the last offsets.
            if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                served.complete(null);
            }
            return served.isDone();
        }
    }
}
