package io.lensmill.worker;

import io.lensmill.contracts.Topics;
import io.lensmill.jobs.Backoff;
import io.lensmill.jobs.WorkerStoppedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /**
     * Returns when the broker has all of the records.
     *
     * @throws WorkerStoppedException when the worker shuts down before; some of the records may be written
     * @throws IllegalStateException when a record is larger than its topic takes: no other attempt would help. A dead
     *     letter goes without its value then
     */
    public void send(List<ProducerRecord<String, byte[]>> records) {
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        List<ProducerRecord<String, byte[]>> pending = sendOnce(records);
        while (!pending.isEmpty()) {
            pause(backoff.next());
            pending = sendOnce(pending);
        }
    }

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
    private List<ProducerRecord<String, byte[]>> sendOnce(List<ProducerRecord<String, byte[]>> records) {
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        try {
            for (ProducerRecord<String, byte[]> record : records) {
                sent.add(producer.send(record));
            }
        } catch (KafkaException e) {
            LOG.warn("Kafka does not take records now; they are sent again", e);
        }
        List<ProducerRecord<String, byte[]>> unwritten = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            await(sent.get(i), records.get(i)).ifPresent(unwritten::add);
        }
        unwritten.addAll(records.subList(sent.size(), records.size()));
        return unwritten;
    }

    private static Optional<ProducerRecord<String, byte[]>> await(
            Future<RecordMetadata> sent, ProducerRecord<String, byte[]> record) {
        try {
            sent.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            LOG.warnf(e.getCause(), "A record for %s was not written; it is sent again", record.topic());
            return Optional.of(
                    e.getCause() instanceof RecordTooLargeException tooLarge ? smaller(record, tooLarge) : record);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerStoppedException();
        }
    }

    /** A refused message at the very limit is too large together with its reason; the reason is what counts. */
    private static ProducerRecord<String, byte[]> smaller(
            ProducerRecord<String, byte[]> record, RecordTooLargeException cause) {
        boolean canShrink = record.topic().equals(Topics.DEAD_LETTERS.name()) && record.value().length > 0;
        if (!canShrink) {
            throw new IllegalStateException(
                    "A record of " + record.value().length + " bytes is too large for " + record.topic(), cause);
        }
        return new ProducerRecord<>(record.topic(), null, record.key(), new byte[0], record.headers());
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
