package io.lensmill.contracts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * What all envelopes of one record type have in common. Made once: writing the schema out as text costs more than the
 * record itself.
 *
 * @param data knows the type's classes and conversions
 * @param writer writes a record's body
 * @param head everything before the record: magic, schema, codec null, sync
 * @param sync mark that follows the head and the record; the beginning of the schema's SHA-256
 * @param newest what each thread read with last
 */
record RecordForm(
        SpecificData data, DatumWriter<SpecificRecord> writer, byte[] head, byte[] sync, ThreadLocal<Reading> newest) {

    /** How records that were written by a schema become ours. */
    private record Reading(Schema written, DatumReader<SpecificRecord> reader) {}

    private static final ClassValue<RecordForm> FORMS = new ClassValue<>() {
        @Override
        protected RecordForm computeValue(Class<?> type) {
            return make(type);
        }
    };

    static RecordForm of(Class<? extends SpecificRecord> type) {
        return FORMS.get(type);
    }

    /**
     * Reads bodies that were written by the schema; for the calling thread only. A thread's messages nearly always
     * bring the schema object of the one before (see {@link SchemaCache}), and resolving it takes as long as reading a
     * record.
     */
    @SuppressWarnings("ReferenceEquality") // The schema object is meant; equals() walks through both schemas.
    DatumReader<SpecificRecord> reader(Schema written, Schema expected) {
        Reading last = newest.get();
        if (last == null || last.written() != written) {
            last = new Reading(written, new SpecificDatumReader<>(written, expected, data));
            newest.set(last);
        }
        return last.reader();
    }

    private static RecordForm make(Class<?> type) {
        // Looks for a record's classes where the record itself was loaded. Avro's own instance looks where Avro was
        // loaded, which is elsewhere in a framework with several class loaders.
        SpecificData data = new SpecificData(type.getClassLoader());
        SpecificData.getForClass(type).getConversions().forEach(data::addLogicalTypeConversion);
        Schema schema = SpecificData.get().getSchema(type);
        byte[] schemaText = schema.toString().getBytes(StandardCharsets.UTF_8);
        byte[] sync = Arrays.copyOf(sha256(schemaText), DataFileConstants.SYNC_SIZE);
        return new RecordForm(
                data, new SpecificDatumWriter<>(schema, data), head(schemaText, sync), sync, new ThreadLocal<>());
    }

    private static byte[] head(byte[] schemaText, byte[] sync) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(schemaText.length + 96);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            encoder.writeFixed(DataFileConstants.MAGIC);
            encoder.writeMapStart();
            encoder.setItemCount(2);
            encoder.startItem();
            encoder.writeString(DataFileConstants.SCHEMA);
            encoder.writeBytes(schemaText);
            encoder.startItem();
            encoder.writeString(DataFileConstants.CODEC);
            encoder.writeBytes(DataFileConstants.NULL_CODEC.getBytes(StandardCharsets.UTF_8));
            encoder.writeMapEnd();
            encoder.writeFixed(sync);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
