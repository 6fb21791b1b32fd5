package io.lensmill.metricsworker;

import io.lensmill.contracts.UnseenRecords;
import io.lensmill.worker.MessageSender;
import io.lensmill.worker.Messages;
import io.lensmill.worker.WorkerWiring;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/** Writes what was never seen. That is rare: there is a producer only while there is something to write. */
final class UnseenSender {

    private final Map<String, Object> broker;

    /** @param broker bootstrap.servers and, where needed, security settings */
    UnseenSender(Map<String, Object> broker) {
        this.broker = broker;
    }

    /** Returns when the broker has it. */
    void send(UnseenRecords gap) {
        try (Producer<String, byte[]> producer = WorkerWiring.connect(broker, "lensmill-metrics-unseen")) {
            new MessageSender(producer).publish(Messages.of(gap));
        }
    }
}
