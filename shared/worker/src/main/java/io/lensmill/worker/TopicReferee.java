package io.lensmill.worker;

import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topic;
import io.lensmill.jobs.Backoff;
import io.lensmill.jobs.Failure;
import io.lensmill.jobs.WorkerStoppedException;
import io.lensmill.messaging.DeadLetters;
import io.lensmill.messaging.ReaderSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Answers what nobody can read on topics that every instance reads whole. Each of them passes it over; this consumer,
 * of a group that all instances share, sends the dead letter, once. On a compacted topic a record without value removes
 * what was said under its key: it is no fault.
 */
public final class TopicReferee implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TopicReferee.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Holds a message against what its topic is for. */
    @FunctionalInterface
    public interface Rule {
        /** @throws RefusedException with what is wrong */
        void check(byte[] message) throws RefusedException;
    }

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Map<Topic, Rule> rules;
    private final RecordPublisher deadLetters;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts reading.
     *
     * @param connection bootstrap.servers and, where needed, security settings
     * @param group consumer group of all instances that answer for these topics
     * @param rules one for each topic
     */
    public static TopicReferee start(
            Map<String, Object> connection, String group, Map<Topic, Rule> rules, RecordPublisher deadLetters) {
        Map<String, Object> configuration = ReaderSettings.of(connection);
        configuration.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 50);
        return new TopicReferee(() -> new KafkaConsumer<>(configuration), rules, deadLetters);
    }

    TopicReferee(Supplier<Consumer<String, byte[]>> consumers, Map<Topic, Rule> rules, RecordPublisher deadLetters) {
        this.consumers = consumers;
        this.rules = Map.copyOf(rules);
        this.deadLetters = deadLetters;
        this.thread = new Thread(this::answerUntilClosed, "referee");
        thread.setDaemon(true);
        // Avro looks generated classes up by the thread's loader.
        thread.setContextClassLoader(TopicReferee.class.getClassLoader());
        thread.start();
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

    private void answerUntilClosed() {
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        while (closed.getCount() > 0) {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                consumer.subscribe(rules.keySet().stream().map(Topic::name).toList());
                answer(consumer);
            } catch (WorkerStoppedException e) {
                return;
            } catch (RuntimeException e) {
                Duration pause = backoff.next();
                LOG.warnf(e, "Answering faulty messages failed; it goes on in %d ms", pause.toMillis());
                rest(pause);
            }
        }
    }

    private void answer(Consumer<String, byte[]> consumer) {
        while (closed.getCount() > 0) {
            for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
                answer(message);
                consumer.commitSync(Map.of(
                        new TopicPartition(message.topic(), message.partition()),
                        new OffsetAndMetadata(message.offset() + 1)));
            }
        }
    }

    private void answer(ConsumerRecord<String, byte[]> message) {
        for (Map.Entry<Topic, Rule> rule : rules.entrySet()) {
            Topic topic = rule.getKey();
            if (topic.name().equals(message.topic()) && !(topic.compacted() && message.value() == null)) {
                refusal(rule.getValue(), message.value()).ifPresent(reason -> {
                    LOG.infof("Refused %s-%d@%d: %s", message.topic(), message.partition(), message.offset(), reason);
                    deadLetters.publish(DeadLetters.of(message, reason));
                });
            }
        }
    }

    private static Optional<RefusedException> refusal(Rule rule, byte[] message) {
        try {
            rule.check(message);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e);
        } catch (RuntimeException e) {
            LOG.error("A fault of ours in checking a message", e);
            return Optional.of(new Failure.Ours(e).reason());
        }
    }

    private void rest(Duration pause) {
        try {
            if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("The referee was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }
}
