package io.lensmill.contracts;

import org.apache.avro.specific.SpecificRecord;

/**
 * One Kafka topic: its name, what its key means, what its value is, and how it is created when missing.
 *
 * @param name topic name
 * @param key what the record key holds, for people
 * @param valueType record that the value holds; null when the value is the sender's raw bytes
 * @param partitions partitions of a newly made topic; an existing topic is left as it is
 * @param compacted true: only the newest record of a key need be kept; false: records are kept by time
 * @param brokerTime true: a record's time is when the broker took it ({@code LogAppendTime}), whatever its sender
 *     wrote, so that retention counts from there; false: the sender's ({@code CreateTime})
 * @param maxMessageBytes largest record that the topic takes
 */
public record Topic(
        String name,
        String key,
        Class<? extends SpecificRecord> valueType,
        int partitions,
        boolean compacted,
        boolean brokerTime,
        int maxMessageBytes) {}
