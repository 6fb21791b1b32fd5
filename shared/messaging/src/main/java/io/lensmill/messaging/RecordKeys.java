package io.lensmill.messaging;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Record keys as text, without loss. Kafka's own text keys turn every byte that is no UTF-8 into the same sign, so that
 * different ids become one. Here such a byte becomes a lone surrogate, U+DC80 to U+DCFF (as Python's "surrogateescape"
 * does, PEP 383), which no UTF-8 holds: it can be told apart, refused by name, and written back as it came.
 */
public final class RecordKeys {

    private static final char FIRST_ESCAPE = '\udc80';
    private static final char LAST_ESCAPE = '\udcff';
    private static final int ESCAPED = 0xdc00;

    private RecordKeys() {}

    /** For Kafka Streams. */
    public static Serde<String> serde() {
        return Serdes.serdeFrom(new RecordKeySerializer(), new RecordKeyDeserializer());
    }

    /** @return null for null */
    public static String decode(byte[] key) {
        if (key == null) {
            return null;
        }
        String text = new String(key, StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') < 0 ? text : decodeEscaping(key);
    }

    /** @return null for null */
    public static byte[] encode(String key) {
        if (key == null) {
            return null;
        }
        return isUtf8(key) ? key.getBytes(StandardCharsets.UTF_8) : encodeEscaped(key);
    }

    /** Whether the key's bytes were UTF-8. */
    public static boolean isUtf8(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (isEscape(key, i)) {
                return false;
            }
        }
        return true;
    }

    /** A low surrogate that no high one stands before. */
    private static boolean isEscape(String key, int i) {
        char c = key.charAt(i);
        return c >= FIRST_ESCAPE && c <= LAST_ESCAPE && (i == 0 || !Character.isHighSurrogate(key.charAt(i - 1)));
    }

    private static String decodeEscaping(byte[] key) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(key);
        CharBuffer out = CharBuffer.allocate(key.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = result.length(); i > 0; i--) {
                out.put((char) (ESCAPED | (in.get() & 0xff)));
            }
        }
    }

    private static byte[] encodeEscaped(String key) {
        ByteBuffer out = ByteBuffer.allocate(3 * key.length());
        int i = 0;
        while (i < key.length()) {
            if (isEscape(key, i)) {
                out.put((byte) key.charAt(i));
                i++;
            } else {
                int width = Character.charCount(key.codePointAt(i));
                out.put(key.substring(i, i + width).getBytes(StandardCharsets.UTF_8));
                i += width;
            }
        }
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }
}
