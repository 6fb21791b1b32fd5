package io.lensmill.messaging;

import org.apache.kafka.common.serialization.Deserializer;

/** Reads keys as {@link RecordKeys} does. */
public final class RecordKeyDeserializer implements Deserializer<String> {

    @Override
    public String deserialize(String topic, byte[] key) {
        return RecordKeys.decode(key);
    }
}
