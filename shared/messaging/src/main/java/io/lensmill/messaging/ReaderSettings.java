package io.lensmill.messaging;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * How our own consumers read, beside SmallRye's channels and the streams: from the first record on, what was not rolled
 * back, keys without loss, in polls of bounded size. Places are committed by hand, if at all.
 */
public final class ReaderSettings {

    private ReaderSettings() {}

    /**
     * @param connection bootstrap.servers and, where needed, security settings
     * @return to be added to; of no group unless the connection names one
     */
    public static Map<String, Object> of(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, RecordKeyDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, RecordValueDeserializer.class);
        settings.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, PollBudget.class.getName());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return settings;
    }
}
