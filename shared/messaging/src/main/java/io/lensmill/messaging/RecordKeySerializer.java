package io.lensmill.messaging;

import org.apache.kafka.common.serialization.Serializer;

/** Writes keys as {@link RecordKeys} does. */
public final class RecordKeySerializer implements Serializer<String> {

    @Override
    public byte[] serialize(String topic, String key) {
        return RecordKeys.encode(key);
    }
}
