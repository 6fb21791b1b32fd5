package io.lensmill.worker;

import io.lensmill.contracts.Topics;
import io.lensmill.jobs.Backoff;
import io.lensmill.jobs.WorkerStoppedException;
import io.lensmill.messaging.DeadLetters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/**
 * Writes records to the broker (acks=all). Results and dead letters are {@linkplain #send sent} until the broker has
 * them, however long that takes; what they came from may be acknowledged then. A job's events have one
 * {@linkplain #attempt attempt}: who calls knows which of them may be lost. Safe for use by several threads.
 */
public final class MessageSender implements RecordPublisher {

    private static final Logger LOG = Logger.getLogger(MessageSender.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long ATTEMPT_SECONDS = 30;

    private final Producer<String, byte[]> producer;
    private final CountDownLatch stopped = new CountDownLatch(1);

    public MessageSender(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** What goes in place of a record that is larger than its topic takes: no other attempt with it would help. */
    @FunctionalInterface
    public interface Substitute {

        /**
         * @param place of the record among those that were given
         * @param why a sentence with the sizes
         * @return null when there is none
         */
        ProducerRecord<String, byte[]> of(int place, String why);
    }

    /**
     * Returns when the broker has all of the records.
     *
     * @throws WorkerStoppedException when the worker shuts down before; some of the records may be written
     * @throws IllegalStateException when a record is larger than its topic takes. A dead letter goes with less of the
     *     message in it then
     */
    public void send(List<ProducerRecord<String, byte[]>> records) {
        send(records, (place, why) -> null);
    }

    /**
     * As {@link #send(List)}, with something else in place of what is too large.
     *
     * @return the places of the records that something else went for
     */
    public Set<Integer> send(List<ProducerRecord<String, byte[]>> records, Substitute substitute) {
        Set<Integer> substituted = new TreeSet<>();
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        List<Pending> pending = new ArrayList<>(records.size());
        for (int place = 0; place < records.size(); place++) {
            pending.add(new Pending(place, records.get(place)));
        }
        pending = sendOnce(pending, substitute, substituted);
        while (!pending.isEmpty()) {
            pause(backoff.next());
            pending = sendOnce(pending, substitute, substituted);
        }
        return substituted;
    }

    /** A record, and its place among those that were given. */
    private record Pending(int place, ProducerRecord<String, byte[]> record) {}

    /** As {@link #send}, for one record. */
    @Override
    public void publish(ProducerRecord<String, byte[]> record) {
        send(List.of(record));
    }

    /**
     * Returns when the broker has the record.
     *
     * @throws UncheckedIOException when it has not taken it, which may take half a minute; it may have it all the same
     */
    public void attempt(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get(ATTEMPT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw notWritten(record, e.getCause());
        } catch (KafkaException | TimeoutException e) {
            throw notWritten(record, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notWritten(record, e);
        }
    }

    /** Wakes those who wait for a broker that is away. */
    public void stop() {
        stopped.countDown();
    }

    /** @return the records that are not written, fit for the next attempt */
    private List<Pending> sendOnce(List<Pending> records, Substitute substitute, Set<Integer> substituted) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        try {
            for (Pending pending : records) {
                sent.add(producer.send(pending.record()));
            }
        } catch (KafkaException e) {
            LOG.warn("Kafka does not take records now; they are sent again", e);
        }
        List<Pending> unwritten = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            Pending pending = records.get(i);
            Throwable failure = await(sent.get(i));
            if (failure instanceof RecordTooLargeException tooLarge) {
                unwritten.add(instead(pending, tooLarge, substitute, substituted));
            } else if (failure != null) {
                LOG.warnf(
                        failure,
                        "A record for %s was not written; it is sent again",
                        pending.record().topic());
                unwritten.add(pending);
            }
        }
        unwritten.addAll(records.subList(sent.size(), records.size()));
        return unwritten;
    }

    /** @return null when it is written */
    private static Throwable await(Future<RecordMetadata> sent) {
        try {
            sent.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerStoppedException();
        }
    }

    private static Pending instead(
            Pending pending, RecordTooLargeException tooLarge, Substitute substitute, Set<Integer> substituted) {
        ProducerRecord<String, byte[]> record = pending.record();
        int bytes = record.value() == null ? 0 : record.value().length;
        String why = "A record of " + bytes + " bytes is too large for " + record.topic();
        LOG.warnf("%s: %s", why, tooLarge.getMessage());
        if (record.topic().equals(Topics.DEAD_LETTERS.name())) {
            ProducerRecord<String, byte[]> smaller = DeadLetters.smaller(record);
            // Not even the reason fits: the topic must be mended, and the letter waits for it.
            return smaller == null ? pending : new Pending(pending.place(), smaller);
        }
        ProducerRecord<String, byte[]> other = substitute.of(pending.place(), why + ".");
        if (other == null) {
            throw new IllegalStateException(why, tooLarge);
        }
        substituted.add(pending.place());
        return new Pending(pending.place(), other);
    }

    private void pause(Duration pause) {
        try {
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new WorkerStoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerStoppedException();
        }
    }

    private static UncheckedIOException notWritten(ProducerRecord<String, byte[]> record, Throwable cause) {
        return new UncheckedIOException(
                new IOException("A record for " + record.topic() + " was not written: " + cause.getMessage(), cause));
    }
}
