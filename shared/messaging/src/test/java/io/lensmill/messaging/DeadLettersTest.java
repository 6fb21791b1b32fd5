package io.lensmill.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final int MIB = 1024 * 1024;
    private final RefusedException reason = new RefusedException(RefusalCode.TOO_LARGE, "It is too large.");

    @Test
    void whatFitsIsKeptWholeWithTheReasonBeside() {
        // Given: a message of the largest image, with a header of its own and one of an earlier letter
        ConsumerRecord<String, byte[]> refused = record("a/\udce9", new byte[8 * MIB + 1000]);
        refused.headers().add("collection", bytes("survey"));
        refused.headers().add(DeadLetterHeaders.VALUE_BYTES, bytes("17"));

        // When
        ProducerRecord<String, byte[]> letter = DeadLetters.of(refused, reason);

        // Then
        assertThat(letter.key()).isEqualTo("a/\udce9");
        assertThat(letter.value()).isSameAs(refused.value());
        assertThat(header(letter, "collection")).isEqualTo("survey");
        assertThat(header(letter, DeadLetterHeaders.REASON_CODE)).isEqualTo("TOO_LARGE");
        assertThat(header(letter, DeadLetterHeaders.REASON_DETAIL)).isEqualTo("It is too large.");
        assertThat(header(letter, DeadLetterHeaders.TOPIC)).isEqualTo("lensmill.images");
        assertThat(header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("3");
        assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("42");
        assertThat(header(letter, DeadLetterHeaders.VALUE_BYTES)).isNull();
    }

    @Test
    void whatDoesNotFitIsCutAndItsSizeAndHashAreTold() {
        // Given: everything is of twelve MiB
        ConsumerRecord<String, byte[]> refused = record("k".repeat(12 * MIB), new byte[12 * MIB]);
        refused.headers().add("first", bytes("kept"));
        refused.headers().add("large", new byte[12 * MIB]);
        refused.headers().add("last", bytes("kept"));

        // When
        ProducerRecord<String, byte[]> letter =
                DeadLetters.of(refused, new RefusedException(RefusalCode.UNDECODABLE, "x".repeat(MIB)));

        // Then
        assertThat(letter.value()).hasSize(DeadLetters.CUT_VALUE_BYTES);
        assertThat(letter.key()).hasSize(DeadLetters.MAX_KEY_BYTES);
        assertThat(header(letter, DeadLetterHeaders.VALUE_BYTES)).isEqualTo("12582912");
        assertThat(header(letter, DeadLetterHeaders.VALUE_SHA256))
                .isEqualTo("cfadd44a103cbd6d5726fa07b27d7aad2f67ed3930ff96901c486a5beaf7e723");
        assertThat(header(letter, DeadLetterHeaders.KEY_BYTES)).isEqualTo("12582912");
        assertThat(header(letter, DeadLetterHeaders.KEY_SHA256)).hasSize(64);
        assertThat(header(letter, DeadLetterHeaders.HEADERS_LEFT_OUT)).startsWith("1 headers of some 125829");
        assertThat(header(letter, "first")).isEqualTo("kept");
        assertThat(header(letter, "last")).isEqualTo("kept");
        assertThat(sizeOf(letter)).isLessThan(Topics.MAX_MESSAGE_BYTES);
    }

    @Test
    void theLargestLetterFitsItsTopic() {
        // Given
        ConsumerRecord<String, byte[]> refused =
                record("é".repeat(DeadLetters.MAX_KEY_BYTES / 2), new byte[DeadLetters.MAX_VALUE_BYTES]);
        refused.headers().add("h", new byte[DeadLetters.MAX_HEADER_BYTES - 11]);

        // When
        ProducerRecord<String, byte[]> letter =
                DeadLetters.of(refused, new RefusedException(RefusalCode.UNDECODABLE, "é".repeat(MIB)));

        // Then
        assertThat(letter.value()).isSameAs(refused.value());
        assertThat(letter.headers().lastHeader("h")).isNotNull();
        assertThat(sizeOf(letter)).isLessThan(Topics.MAX_MESSAGE_BYTES);
    }

    @Test
    void aTopicThatTakesLessGetsEverSmallerLettersAndTheReasonAtLast() {
        // Given
        ProducerRecord<String, byte[]> letter = DeadLetters.of(record("k", new byte[MIB]), reason);
        int letters = 0;

        // When
        ProducerRecord<String, byte[]> smallest = letter;
        for (ProducerRecord<String, byte[]> next = letter; next != null; next = DeadLetters.smaller(next)) {
            smallest = next;
            letters++;
        }

        // Then
        assertThat(letters).isBetween(3, 8);
        assertThat(smallest.value()).isEmpty();
        assertThat(header(smallest, DeadLetterHeaders.VALUE_BYTES)).isEqualTo("1048576");
        assertThat(header(smallest, DeadLetterHeaders.REASON_CODE)).isEqualTo("TOO_LARGE");
    }

    @Test
    void aTombstoneHasALetterToo() {
        ProducerRecord<String, byte[]> letter = DeadLetters.of(record(null, null), reason);

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(DeadLetters.smaller(letter)).isNull();
    }

    private static ConsumerRecord<String, byte[]> record(String key, byte[] value) {
        return new ConsumerRecord<>(Topics.IMAGES.name(), 3, 42, key, value);
    }

    private static int sizeOf(ProducerRecord<String, byte[]> letter) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                RecordKeys.encode(letter.key()),
                letter.value(),
                letter.headers().toArray());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String header(ProducerRecord<String, byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
