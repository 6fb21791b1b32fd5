package io.lensmill.contracts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * Every field of a message as its writer wrote it, by Avro's own reader and the writer's own schema. A class of today
 * that reads the message must hold each of them with the same value; what it has beside them is newer.
 */
public final class WrittenFields {

    private WrittenFields() {}

    /** The one record of the message. */
    public static GenericRecord of(byte[] message) throws IOException {
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(new SeekableByteArrayInput(message), new GenericDatumReader<>())) {
            return reader.next();
        }
    }

    /** What the record read says otherwise than the one written, a line each; empty when all is well. */
    public static List<String> differences(GenericRecord written, SpecificRecord read) {
        List<String> differences = new ArrayList<>();
        compare(written.getSchema().getName(), written, read, differences);
        return differences;
    }

    private static void compare(String path, Object written, Object read, List<String> differences) {
        if (written instanceof IndexedRecord before && read instanceof IndexedRecord now) {
            for (Schema.Field field : before.getSchema().getFields()) {
                compareField(path + "." + field.name(), before.get(field.pos()), field.name(), now, differences);
            }
        } else if (written instanceof List<?> before && read instanceof List<?> now && before.size() == now.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "[" + i + "]", before.get(i), now.get(i), differences);
            }
        } else if (!Objects.equals(plain(written), plain(read))) {
            differences.add(path + ": written as " + plain(written) + ", read as " + plain(read));
        }
    }

    private static void compareField(
            String path, Object written, String name, IndexedRecord now, List<String> differences) {
        Schema.Field field = now.getSchema().getField(name);
        if (field == null) {
            differences.add(path + ": written, but today's schema has no such field");
        } else {
            compare(path, written, now.get(field.pos()), differences);
        }
    }

    /** One form for what Avro's generic and our generated classes hold differently. */
    private static Object plain(Object value) {
        if (value instanceof Instant time) {
            return time.toEpochMilli();
        }
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof ByteBuffer) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> plain = new HashMap<>();
            map.forEach((key, item) -> plain.put(plain(key), plain(item)));
            return plain;
        }
        // Texts and names of enumerations.
        return value.toString();
    }
}
