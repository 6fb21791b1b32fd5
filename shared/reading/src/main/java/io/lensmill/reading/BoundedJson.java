package io.lensmill.reading;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads JSON that others wrote. Work and memory are bounded by the text's size, which the caller bounds; nesting,
 * numbers, names and texts have limits of their own; a name that stands twice in an object is refused, for readers
 * differ in which of the two they believe. UTF-8, with or without a byte order mark.
 */
public final class BoundedJson {

    /** Objects and lists within one another; ours need 5. */
    public static final int MOST_LEVELS = 32;

    /** Digits of a number, its sign, point and exponent included; a double needs 24. */
    public static final int MOST_NUMBER_CHARACTERS = 64;

    /** A name may be a path in the object store, of 1,024 bytes. */
    public static final int MOST_NAME_CHARACTERS = 2048;

    /** A checkpoint keeps a whole learning curve as one text. */
    public static final int MOST_TEXT_CHARACTERS = 8 * 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(factory())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private BoundedJson() {}

    /**
     * Any JSON, as a tree.
     *
     * @param what names the text in messages: a file's path, an object's key
     * @throws UnreadableJsonException when it is none, or exceeds a limit
     */
    public static JsonNode tree(String what, byte[] json) throws UnreadableJsonException {
        return tree(what, text(what, json));
    }

    /** As {@link #tree(String, byte[])}. */
    public static JsonNode tree(String what, String json) throws UnreadableJsonException {
        return value(what, json, JsonNode.class);
    }

    /**
     * JSON of a known form.
     *
     * @param what names the text in messages
     * @param type a record, an array, or another type that Jackson can make
     * @throws UnreadableJsonException when it is none, exceeds a limit or has another form
     */
    public static <T> T value(String what, byte[] json, Class<T> type) throws UnreadableJsonException {
        return value(what, text(what, json), type);
    }

    /** As {@link #value(String, byte[], Class)}. */
    public static <T> T value(String what, String json, Class<T> type) throws UnreadableJsonException {
        if (json.isBlank()) {
            throw new UnreadableJsonException(what + " cannot be used: it is empty where JSON is expected", null);
        }
        T value;
        try (JsonParser parser = parser(json)) {
            value = MAPPER.readValue(parser, type);
        } catch (JsonProcessingException e) {
            throw refusal(what, e);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory can always be read", e);
        }
        if (value == null) {
            throw new UnreadableJsonException(what + " cannot be used: it is null", null);
        }
        return value;
    }

    /**
     * JSON of a known form in a local file.
     *
     * @param mostBytes a larger file is not read
     * @throws IOException when the file cannot be read; the message names it
     * @throws UnreadableJsonException when it is no JSON, exceeds a limit or has another form
     */
    public static <T> T file(Path file, long mostBytes, Class<T> type) throws IOException {
        byte[] content;
        try {
            content = BoundedFile.read(file, mostBytes);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
        return value(file.toString(), content, type);
    }

    /**
     * A parser with these limits, for who needs no tree. What it throws, {@link #refusal} puts into words.
     *
     * @param what names the text in messages
     * @throws UnreadableJsonException when the bytes are no UTF-8
     */
    public static JsonParser parser(String what, byte[] json) throws UnreadableJsonException {
        return parser(text(what, json));
    }

    /** What a parser or a mapping has thrown, in plain words. */
    public static UnreadableJsonException refusal(String what, JsonProcessingException e) {
        return new UnreadableJsonException(what + " cannot be used: " + JsonFault.words(e), e);
    }

    private static JsonParser parser(String json) {
        try {
            return MAPPER.createParser(json);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory can always be read", e);
        }
    }

    private static String text(String what, byte[] json) throws UnreadableJsonException {
        int mark = hasByteOrderMark(json) ? 3 : 0;
        ByteBuffer bytes = ByteBuffer.wrap(json, mark, json.length - mark);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableJsonException(what + " cannot be used: its bytes are no text in UTF-8", e);
        }
    }

    private static boolean hasByteOrderMark(byte[] json) {
        return json.length >= 3 && json[0] == (byte) 0xEF && json[1] == (byte) 0xBB && json[2] == (byte) 0xBF;
    }

    private static JsonFactory factory() {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MOST_LEVELS)
                .maxNumberLength(MOST_NUMBER_CHARACTERS)
                .maxNameLength(MOST_NAME_CHARACTERS)
                .maxStringLength(MOST_TEXT_CHARACTERS)
                .build();
        // Names of strangers are not kept beyond the text that they stand in.
        return new JsonFactoryBuilder()
                .streamReadConstraints(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }
}
