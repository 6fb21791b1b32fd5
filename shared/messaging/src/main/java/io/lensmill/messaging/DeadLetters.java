package io.lensmill.messaging;

import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Makes the record for {@link Topics#DEAD_LETTERS} out of a refused one: the same key, value and headers, with the
 * reason beside. It always fits: what is too large is cut, and headers say how large it was, its SHA-256, and where the
 * whole of it stands.
 */
public final class DeadLetters {

    /** Values up to this size are kept whole: every message that its own topic was made for. */
    static final int MAX_VALUE_BYTES = Topics.MAX_MESSAGE_BYTES - 128 * 1024;
    /** What is kept of a larger one: enough to see what it was. */
    static final int CUT_VALUE_BYTES = 64 * 1024;

    static final int MAX_KEY_BYTES = 1024;
    /** All foreign headers together, their names included. */
    static final int MAX_HEADER_BYTES = 32 * 1024;

    private static final int MAX_REASON_CHARACTERS = 4_000;

    private static final Set<String> OURS = Set.of(
            DeadLetterHeaders.REASON_CODE,
            DeadLetterHeaders.REASON_DETAIL,
            DeadLetterHeaders.TOPIC,
            DeadLetterHeaders.PARTITION,
            DeadLetterHeaders.OFFSET,
            DeadLetterHeaders.TIMESTAMP,
            DeadLetterHeaders.VALUE_BYTES,
            DeadLetterHeaders.VALUE_SHA256,
            DeadLetterHeaders.KEY_BYTES,
            DeadLetterHeaders.KEY_SHA256,
            DeadLetterHeaders.HEADERS_LEFT_OUT);

    private DeadLetters() {}

    /** The refused message's own headers stay, as long as they fit; ours are added to them. */
    public static ProducerRecord<String, byte[]> of(ConsumerRecord<String, byte[]> refused, RefusedException reason) {
        Headers headers = keptHeaders(refused.headers());
        replace(headers, DeadLetterHeaders.REASON_CODE, reason.code().name());
        replace(headers, DeadLetterHeaders.REASON_DETAIL, shortened(reason.getMessage()));
        replace(headers, DeadLetterHeaders.TOPIC, refused.topic());
        replace(headers, DeadLetterHeaders.PARTITION, Integer.toString(refused.partition()));
        replace(headers, DeadLetterHeaders.OFFSET, Long.toString(refused.offset()));
        replace(headers, DeadLetterHeaders.TIMESTAMP, Long.toString(refused.timestamp()));
        byte[] key = RecordKeys.encode(refused.key());
        String keptKey = refused.key();
        if (key != null && key.length > MAX_KEY_BYTES) {
            replace(headers, DeadLetterHeaders.KEY_BYTES, Integer.toString(key.length));
            replace(headers, DeadLetterHeaders.KEY_SHA256, sha256(key));
            keptKey = RecordKeys.decode(Arrays.copyOf(key, MAX_KEY_BYTES));
        }
        byte[] value = refused.value();
        if (value != null && value.length > MAX_VALUE_BYTES) {
            value = cut(value, CUT_VALUE_BYTES, headers);
        }
        return new ProducerRecord<>(Topics.DEAD_LETTERS.name(), null, keptKey, value, headers);
    }

    /**
     * The same letter, with less of the message in it: for a topic that takes less than ours do. Each call leaves a
     * sixteenth of the value, and in the end nothing of it.
     *
     * @return null when nothing is left to cut but the reason
     */
    public static ProducerRecord<String, byte[]> smaller(ProducerRecord<String, byte[]> letter) {
        byte[] value = letter.value();
        if (value == null || value.length == 0) {
            return null;
        }
        Headers headers = new RecordHeaders(letter.headers());
        byte[] less = value.length < 1024 ? new byte[0] : Arrays.copyOf(value, value.length / 16);
        if (headers.lastHeader(DeadLetterHeaders.VALUE_BYTES) == null) {
            cut(value, 0, headers);
        }
        return new ProducerRecord<>(letter.topic(), null, letter.key(), less, headers);
    }

    private static byte[] cut(byte[] value, int bytes, Headers headers) {
        replace(headers, DeadLetterHeaders.VALUE_BYTES, Integer.toString(value.length));
        replace(headers, DeadLetterHeaders.VALUE_SHA256, sha256(value));
        return Arrays.copyOf(value, bytes);
    }

    /** The foreign headers in their order, without those that would not fit. */
    private static Headers keptHeaders(Headers foreign) {
        List<Header> kept = new ArrayList<>();
        int left = MAX_HEADER_BYTES;
        int dropped = 0;
        long droppedBytes = 0;
        for (Header header : foreign) {
            if (OURS.contains(header.key())) {
                // Of an earlier letter, that somebody sent again.
                continue;
            }
            int bytes = 8 + header.key().length() * 3 + (header.value() == null ? 0 : header.value().length);
            if (bytes <= left) {
                left -= bytes;
                kept.add(header);
            } else {
                dropped++;
                droppedBytes += bytes;
            }
        }
        Headers headers = new RecordHeaders(kept);
        if (dropped > 0) {
            String what = dropped + " headers of some " + droppedBytes + " bytes";
            replace(headers, DeadLetterHeaders.HEADERS_LEFT_OUT, what);
        }
        return headers;
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON_CHARACTERS ? reason : reason.substring(0, MAX_REASON_CHARACTERS) + "…";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void replace(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
