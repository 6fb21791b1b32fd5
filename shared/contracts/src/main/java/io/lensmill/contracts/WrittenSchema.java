package io.lensmill.contracts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import org.apache.avro.Schema;

/**
 * Parses a schema that a message came with, and refuses one that would make more work than its bytes are worth. Avro
 * copies a record's fields into every place where the record is used, so some dozens of small records can stand for
 * more fields than any memory holds; and an array of items that take no bytes may promise any number of them.
 */
final class WrittenSchema {

    /** Ours, with their documentation, have less than 16 KiB. */
    static final int MAX_BYTES = 128 * 1024;
    /** Objects and arrays of the schema's JSON inside each other, and records inside each other. */
    static final int MAX_NESTING = 32;
    /** Types at all places where they are used, those inside a record counted again wherever it is used. */
    static final int MAX_PLACES = 4096;

    private static final long MANY = 1L << 40;

    /** What a record comes to, wherever it is used. */
    private record Size(long places, long leastBytes) {}

    private final IdentityHashMap<Schema, Size> known = new IdentityHashMap<>();
    private final IdentityHashMap<Schema, Boolean> open = new IdentityHashMap<>();

    private WrittenSchema() {}

    /**
     * @param text JSON, UTF-8
     * @throws IOException when it is larger or nested more deeply than the limits, or promises items of no bytes
     * @throws RuntimeException of many kinds, as Avro throws them at what is no schema
     */
    static Schema parse(byte[] text) throws IOException {
        requireShallow(text);
        // A writer's defaults are never used, and checking them can take for ever: a union tries all its branches.
        Schema schema = new Schema.Parser().setValidateDefaults(false).parse(new String(text, StandardCharsets.UTF_8));
        Size size = new WrittenSchema().measure(schema, 0);
        requireFew(size.places());
        return schema;
    }

    /** Avro's parser calls itself for each object inside another one. */
    private static void requireShallow(byte[] text) throws IOException {
        int depth = 0;
        boolean inText = false;
        for (int i = 0; i < text.length; i++) {
            byte c = text[i];
            if (inText) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inText = false;
                }
            } else if (c == '"') {
                inText = true;
            } else if (c == '{' || c == '[') {
                if (++depth > 2 * MAX_NESTING) {
                    throw tooDeep();
                }
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
    }

    private Size measure(Schema schema, int depth) throws IOException {
        if (depth > MAX_NESTING) {
            throw tooDeep();
        }
        return switch (schema.getType()) {
            case NULL -> new Size(1, 0);
            case FIXED -> new Size(1, schema.getFixedSize());
            case ARRAY -> container(schema.getElementType(), true, depth);
            case MAP -> container(schema.getValueType(), false, depth);
            case UNION -> union(schema, depth);
            case RECORD -> record(schema, depth);
            case FLOAT -> new Size(1, 4);
            case DOUBLE -> new Size(1, 8);
            default -> new Size(1, 1);
        };
    }

    private Size container(Schema item, boolean mustTakeBytes, int depth) throws IOException {
        Size size = measure(item, depth + 1);
        if (mustTakeBytes && size.leastBytes() == 0) {
            throw new IOException("its schema has an array of items that take no bytes");
        }
        return new Size(size.places() + 1, 1);
    }

    private Size union(Schema union, int depth) throws IOException {
        long places = 1;
        for (Schema branch : union.getTypes()) {
            places = Math.min(MANY, places + measure(branch, depth + 1).places());
        }
        return new Size(places, 1);
    }

    private Size record(Schema record, int depth) throws IOException {
        Size before = known.get(record);
        if (before != null) {
            return before;
        }
        if (open.put(record, true) != null) {
            // Inside itself: Avro refers to it there. No value that ends has no bytes.
            return new Size(1, 1);
        }
        long places = 1;
        long bytes = 0;
        for (Schema.Field field : record.getFields()) {
            Size size = measure(field.schema(), depth + 1);
            places = Math.min(MANY, places + size.places());
            bytes = Math.min(MANY, bytes + size.leastBytes());
        }
        open.remove(record);
        Size size = new Size(places, bytes);
        known.put(record, size);
        requireFew(places);
        return size;
    }

    private static void requireFew(long places) throws IOException {
        if (places > MAX_PLACES) {
            throw new IOException("its schema stands for more than " + MAX_PLACES + " fields");
        }
    }

    private static IOException tooDeep() {
        return new IOException("its schema is nested more than " + MAX_NESTING + " deep");
    }
}
