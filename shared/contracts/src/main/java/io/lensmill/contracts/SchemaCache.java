package io.lensmill.contracts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Schemas by their text, the few that were used last. Every message brings its schema, nearly always the one of the
 * message before; parsing it, and resolving it against ours, takes ten times as long as reading the record. Avro keeps
 * what it resolved for as long as a schema object lives. Safe for use by several threads.
 */
final class SchemaCache {

    /** Versions of a dozen record types; a text has 128 KiB at most. */
    static final int CAPACITY = 32;

    private record Known(byte[] text, Schema schema) {}

    /** Comparing two texts takes a twentieth of the time of a text's hash code, which a look into the map needs. */
    private volatile Known latest = new Known(new byte[0], null);

    private final Map<ByteBuffer, Schema> schemas = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Schema> eldest) {
            return size() > CAPACITY;
        }
    };

    /**
     * @param text the schema as JSON, UTF-8; not changed afterwards
     * @throws IOException as {@link WrittenSchema#parse} does
     * @throws org.apache.avro.SchemaParseException when it is no schema, and whatever else Avro throws at one
     */
    Schema parsed(byte[] text) throws IOException {
        Known last = latest;
        if (last.schema() != null && Arrays.equals(last.text(), text)) {
            return last.schema();
        }
        Schema schema = lookUp(text);
        latest = new Known(text, schema);
        return schema;
    }

    private Schema lookUp(byte[] text) throws IOException {
        ByteBuffer key = ByteBuffer.wrap(text);
        synchronized (schemas) {
            Schema known = schemas.get(key);
            if (known != null) {
                return known;
            }
        }
        Schema fresh = WrittenSchema.parse(text);
        synchronized (schemas) {
            schemas.put(key, fresh);
        }
        return fresh;
    }
}
