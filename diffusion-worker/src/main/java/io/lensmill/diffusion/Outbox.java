package io.lensmill.diffusion;

import io.lensmill.jobs.edge.RecordPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Writes a record and returns when the broker has it (acks=all). One attempt: those who call it know how long to insist.
 * Safe for use by several threads.
 */
final class Outbox implements RecordPublisher {

    private static final long TIMEOUT_SECONDS = 30;

    private final Producer<String, byte[]> producer;

    Outbox(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** @throws UncheckedIOException when the broker has not taken it; it may have it all the same */
    @Override
    public void publish(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw failed(record, e.getCause());
        } catch (KafkaException | TimeoutException e) {
            throw failed(record, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(record, e);
        }
    }

    private static UncheckedIOException failed(ProducerRecord<String, byte[]> record, Throwable cause) {
        return new UncheckedIOException(
                new IOException("A record for " + record.topic() + " was not written: " + cause.getMessage(), cause));
    }
}
