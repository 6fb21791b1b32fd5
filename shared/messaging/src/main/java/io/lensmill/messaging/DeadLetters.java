package io.lensmill.messaging;

import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Makes the record for {@link Topics#DEAD_LETTERS} out of a refused one: the same bytes, with the reason beside. */
public final class DeadLetters {

    private DeadLetters() {}

    /** The refused message's own headers stay; ours are added to them. */
    public static ProducerRecord<String, byte[]> of(ConsumerRecord<String, byte[]> refused, RefusedException reason) {
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(
                Topics.DEAD_LETTERS.name(), null, refused.key(), refused.value(), refused.headers());
        Headers headers = letter.headers();
        replace(headers, DeadLetterHeaders.REASON_CODE, reason.code().name());
        replace(headers, DeadLetterHeaders.REASON_DETAIL, reason.getMessage());
        replace(headers, DeadLetterHeaders.TOPIC, refused.topic());
        replace(headers, DeadLetterHeaders.PARTITION, Integer.toString(refused.partition()));
        replace(headers, DeadLetterHeaders.OFFSET, Long.toString(refused.offset()));
        replace(headers, DeadLetterHeaders.TIMESTAMP, Long.toString(refused.timestamp()));
        return letter;
    }

    private static void replace(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
