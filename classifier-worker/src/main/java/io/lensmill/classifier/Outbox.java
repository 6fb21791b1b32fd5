package io.lensmill.classifier;

import io.lensmill.jobs.WorkerStoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/**
 * Writes records and returns when the broker has all of them (acks=all), however long that takes; what they came from
 * may be acknowledged then. Safe for use by several threads.
 */
final class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final long PAUSE_MILLIS = 1_000;

    private final Producer<String, byte[]> producer;
    private final CountDownLatch stopped = new CountDownLatch(1);

    Outbox(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** @throws WorkerStoppedException when the worker shuts down before; some of the records may be written */
    void write(List<ProducerRecord<String, byte[]>> records) {
        List<ProducerRecord<String, byte[]>> pending = attempt(records);
        while (!pending.isEmpty()) {
            pause();
            pending = attempt(pending);
        }
    }

    /** Wakes those who wait for a broker that is away. */
    void stop() {
        stopped.countDown();
    }

    /** @return the records that are not written, fit for the next attempt */
    private List<ProducerRecord<String, byte[]>> attempt(List<ProducerRecord<String, byte[]>> records) {
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
            return Optional.of(e.getCause() instanceof RecordTooLargeException ? withoutValue(record) : record);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerStoppedException();
        }
    }

    /** A refused message at the very limit is too large together with its reason; the reason is what counts. */
    private static ProducerRecord<String, byte[]> withoutValue(ProducerRecord<String, byte[]> record) {
        return new ProducerRecord<>(record.topic(), null, record.key(), new byte[0], record.headers());
    }

    private void pause() {
        try {
            if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new WorkerStoppedException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorkerStoppedException();
        }
    }
}
