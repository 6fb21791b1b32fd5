package io.lensmill.contracts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Bytes to record and back. A message is an Avro object container (Avro 1.12 specification, "Object Container Files")
 * that holds exactly one record, so the schema travels with it and any Avro library can read it.
 *
 * <p>The reader is stricter than Avro's own, which would reserve up to 2 GB on the word of any length and skip items as
 * long as a count says: every length and count, of the container, its header, its schema and the record, is held
 * against the bytes that are really there before Avro sees it ({@link WrittenSchema}, {@link BodyCheck}).
 */
public final class Envelope {

    private static final int SYNC_BYTES = DataFileConstants.SYNC_SIZE;
    private static final int MAX_METADATA_ENTRIES = 32;
    private static final int MAX_INFLATED_BYTES = Topics.MAX_MESSAGE_BYTES;
    private static final int MAX_REASON_CHARACTERS = 400;

    /** Schemas that messages came with. */
    private static final SchemaCache SCHEMAS = new SchemaCache();

    private Envelope() {}

    /**
     * Writes one record as an object container with the null codec (Kafka's own compression folds the schema away).
     * Equal records give equal bytes.
     */
    public static byte[] encode(SpecificRecord message) {
        RecordForm form = RecordForm.of(message.getClass());
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(body, null);
            form.writer().write(message, encoder);
            encoder.flush();
            ByteArrayOutputStream out = new ByteArrayOutputStream(form.head().length + body.size() + 2 * SYNC_BYTES);
            out.write(form.head());
            BinaryEncoder block = EncoderFactory.get().directBinaryEncoder(out, null);
            block.writeLong(1);
            block.writeLong(body.size());
            body.writeTo(out);
            out.write(form.sync());
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    /** Whether the bytes begin as an Avro object container does. */
    public static boolean isContainer(byte[] message) {
        return message != null
                && message.length >= DataFileConstants.MAGIC.length
                && Arrays.equals(message, 0, 4, DataFileConstants.MAGIC, 0, 4);
    }

    /**
     * Reads the one record of an object container (codec null or deflate), resolved from the writer's schema to ours.
     * Time and memory are bounded by the message's size.
     *
     * @throws RefusedException UNDECODABLE when the bytes are no such container, hold another record type, not exactly
     *     one record, or text that is no UTF-8; INVALID_PARAMETER for a symbol that the field does not allow; TOO_LARGE
     *     when the record inflates beyond {@link Topics#MAX_MESSAGE_BYTES} or has too many items
     */
    public static <T extends SpecificRecord> T decode(byte[] message, Class<T> type) throws RefusedException {
        if (!isContainer(message)) {
            throw undecodable(type, notAContainer(message), null);
        }
        try {
            Container container = open(message);
            return decodeBody(container.body(), container.written(), type);
        } catch (EOFException e) {
            throw undecodable(type, "it is cut off", e);
        } catch (IOException | RuntimeException e) {
            // Avro throws many unchecked kinds, null pointers among them, at schemas that are broken on purpose.
            throw undecodable(type, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw undecodable(type, "its schema is nested too deeply", e);
        }
    }

    /**
     * Text of one of the record's own fields, also when the record as a whole cannot be read: whose message it is can
     * so be told its sender.
     *
     * @param field name of a field whose type is string, or a union with string
     * @return empty when the bytes are no container, or cannot be read up to the field
     */
    public static Optional<String> find(byte[] message, String field) {
        if (!isContainer(message)) {
            return Optional.empty();
        }
        try {
            Container container = open(message);
            return BodyCheck.find(container.body(), container.written(), field);
        } catch (IOException | RuntimeException | RefusedException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** A container's record, not read yet, and the schema that it was written with. */
    private record Container(Schema written, ByteBuffer body) {}

    private static Container open(byte[] message) throws IOException, RefusedException {
        ByteArrayInputStream rest = new ByteArrayInputStream(message, 4, message.length - 4);
        BinaryDecoder decoder = DecoderFactory.get().directBinaryDecoder(rest, null);
        Map<String, byte[]> metadata = readMetadata(decoder, rest);
        byte[] sync = readExactly(rest, SYNC_BYTES);
        if (rest.available() == 0) {
            throw new IOException("the container holds no record");
        }
        long records = decoder.readLong();
        if (records != 1) {
            throw new IOException("the container holds " + records + " records, one is expected");
        }
        int length = requirePresent(rest, decoder.readLong());
        int begin = message.length - rest.available();
        rest.skip(length);
        if (!Arrays.equals(sync, readExactly(rest, SYNC_BYTES)) || rest.available() > 0) {
            throw new IOException("the container does not end after its first record");
        }
        byte[] schemaText = metadata.get(DataFileConstants.SCHEMA);
        if (schemaText == null) {
            throw new IOException("the container names no schema");
        }
        Schema written = SCHEMAS.parsed(schemaText);
        ByteBuffer body = decompress(ByteBuffer.wrap(message, begin, length), metadata.get(DataFileConstants.CODEC));
        return new Container(written, body);
    }

    private static <T extends SpecificRecord> T decodeBody(ByteBuffer body, Schema written, Class<T> type)
            throws IOException, RefusedException {
        Schema expected = SpecificData.get().getSchema(type);
        if (written.getType() != Schema.Type.RECORD || !written.getName().equals(expected.getName())) {
            throw new IOException("it holds a " + written.getFullName());
        }
        BodyCheck.check(body, written, expected);
        DatumReader<SpecificRecord> reader = RecordForm.of(type).reader(written, expected);
        BinaryDecoder decoder = DecoderFactory.get()
                .binaryDecoder(body.array(), body.arrayOffset() + body.position(), body.remaining(), null);
        return type.cast(reader.read(null, decoder));
    }

    private static Map<String, byte[]> readMetadata(BinaryDecoder decoder, InputStream rest) throws IOException {
        Map<String, byte[]> metadata = new HashMap<>();
        for (long count = decoder.readMapStart(); count != 0; count = decoder.mapNext()) {
            if (count < 0 || count + metadata.size() > MAX_METADATA_ENTRIES) {
                throw new IOException("the container's header has too many entries");
            }
            for (long i = 0; i < count; i++) {
                String key = new String(readCounted(decoder, rest), StandardCharsets.UTF_8);
                metadata.put(key, readCounted(decoder, rest));
            }
        }
        return metadata;
    }

    private static byte[] readCounted(BinaryDecoder decoder, InputStream rest) throws IOException {
        long length = decoder.readLong();
        if (length > WrittenSchema.MAX_BYTES) {
            throw new IOException("an entry of the container's header has " + length + " bytes");
        }
        return readExactly(rest, length);
    }

    private static byte[] readExactly(InputStream in, long length) throws IOException {
        return in.readNBytes(requirePresent(in, length));
    }

    private static int requirePresent(InputStream in, long length) throws IOException {
        if (length < 0 || length > in.available()) {
            throw new IOException("a length of " + length + " bytes is stated where " + in.available() + " are left");
        }
        return (int) length;
    }

    private static ByteBuffer decompress(ByteBuffer block, byte[] codecName) throws IOException, RefusedException {
        String codec = codecName == null ? "null" : new String(codecName, StandardCharsets.UTF_8);
        return switch (codec) {
            case DataFileConstants.NULL_CODEC -> block;
            case DataFileConstants.DEFLATE_CODEC -> inflate(block);
            default -> throw new IOException("codec " + Printable.quoted(codec) + " is used; use null or deflate");
        };
    }

    private static ByteBuffer inflate(ByteBuffer block) throws IOException, RefusedException {
        Inflater raw = new Inflater(true);
        InputStream deflated =
                new ByteArrayInputStream(block.array(), block.arrayOffset() + block.position(), block.remaining());
        try (InputStream in = new InflaterInputStream(deflated, raw)) {
            byte[] body = in.readNBytes(MAX_INFLATED_BYTES + 1);
            if (body.length > MAX_INFLATED_BYTES) {
                throw new RefusedException(
                        RefusalCode.TOO_LARGE, "The message inflates to more than " + MAX_INFLATED_BYTES + " bytes.");
            }
            return ByteBuffer.wrap(body);
        } finally {
            raw.end();
        }
    }

    private static String notAContainer(byte[] message) {
        if (message == null) {
            return "it has no value (a tombstone)";
        }
        if (message.length == 0) {
            return "it is empty";
        }
        String beginning = new String(message, 0, Math.min(message.length, 12), StandardCharsets.UTF_8);
        String found = "it begins with " + Printable.quoted(beginning) + ", not with 'Obj\\x01'";
        return beginning.startsWith("{") || beginning.startsWith("[") ? "it is JSON text; " + found : found;
    }

    private static RefusedException undecodable(Class<?> type, String why, Throwable cause) {
        return new RefusedException(
                RefusalCode.UNDECODABLE,
                "The message is no " + type.getSimpleName() + " in an Avro object container: "
                        + Printable.shortened(why, MAX_REASON_CHARACTERS) + ".",
                cause);
    }

    /**
     * The remaining bytes of an Avro bytes field, without moving its position: the field's own array where it holds
     * nothing else, so not to be changed.
     */
    public static byte[] bytesOf(ByteBuffer field) {
        if (field.hasArray() && field.arrayOffset() == 0 && field.array().length == field.remaining()) {
            return field.array();
        }
        byte[] copy = new byte[field.remaining()];
        field.duplicate().get(copy);
        return copy;
    }
}
