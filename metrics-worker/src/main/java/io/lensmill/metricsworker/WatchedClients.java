package io.lensmill.metricsworker;

import io.lensmill.metricsworker.streams.BoundedClients;
import io.lensmill.worker.reading.UnseenLedger;
import io.lensmill.worker.reading.WatchedConsumer;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.Deserializer;

/** The clients of Kafka Streams, with a consumer that counts what it never saw. */
final class WatchedClients extends BoundedClients {

    private final UnseenLedger unseen;

    WatchedClients(UnseenLedger unseen) {
        this.unseen = unseen;
    }

    @Override
    protected Consumer<byte[], byte[]> consumer(Map<String, Object> settings, Deserializer<byte[]> values) {
        return new WatchedConsumer(settings, values, unseen);
    }
}
