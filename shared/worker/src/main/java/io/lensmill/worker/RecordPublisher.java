package io.lensmill.worker;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends one record. */
@FunctionalInterface
public interface RecordPublisher {

    /**
     * Returns when the broker has the record.
     *
     * @throws RuntimeException when the broker did not take it
     */
    void publish(ProducerRecord<String, byte[]> record);
}
