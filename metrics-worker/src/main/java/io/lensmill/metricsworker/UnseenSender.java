package io.lensmill.metricsworker;

import io.lensmill.contracts.UnseenRecords;
import io.lensmill.worker.MessageSender;
import io.lensmill.worker.Messages;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what was never seen. That is rare: there is a producer only while there is something to write. */
final class UnseenSender {

    private final Map<String, Object> settings;

    /** @param broker bootstrap.servers and, where needed, security settings */
    UnseenSender(Map<String, Object> broker) {
        settings = new HashMap<>(broker);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
    }

    /** Returns when the broker has it. */
    void send(UnseenRecords gap) {
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            new MessageSender(producer).publish(Messages.of(gap));
        }
    }
}
