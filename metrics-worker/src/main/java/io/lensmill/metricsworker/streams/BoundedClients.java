package io.lensmill.metricsworker.streams;

import io.lensmill.messaging.PollBudget;
import io.lensmill.messaging.RecordValueDeserializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** Makes the clients of the streams; their input comes in polls of bounded size, however well it was compressed. */
public class BoundedClients extends DefaultKafkaClientSupplier {

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        Map<String, Object> bounded = new HashMap<>(config);
        bounded.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(PollBudget.class.getName()));
        return consumer(bounded, new RecordValueDeserializer());
    }

    /** For who wants to see what comes. */
    protected Consumer<byte[], byte[]> consumer(Map<String, Object> settings, Deserializer<byte[]> values) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), values);
    }
}
