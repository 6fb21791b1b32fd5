package io.lensmill.messaging;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Hands values out as they are, as long as the poll's {@link PollBudget} lasts. Then it throws, which ends the poll:
 * Kafka's consumer returns the records before, and begins with this one at the next poll.
 */
public final class RecordValueDeserializer implements Deserializer<byte[]> {

    @Override
    public byte[] deserialize(String topic, byte[] value) {
        if (value != null && !PollBudget.spend(value.length)) {
            throw new SerializationException("The next poll brings the value of " + value.length + " bytes");
        }
        return value;
    }
}
