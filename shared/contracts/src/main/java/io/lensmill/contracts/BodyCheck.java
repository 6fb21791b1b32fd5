package io.lensmill.contracts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Walks through a record's bytes before Avro reads them. Avro reserves memory on the word of any length, and skips
 * items as long as a count says; here every length and count is held against the bytes that are left. What passes can
 * be read, or skipped, in time and memory that the message's own size bounds.
 *
 * <p>It also says what Avro would not, or without the field's name: text that is no UTF-8, a symbol that we do not
 * know, a type that is another than ours.
 */
final class BodyCheck {

    /** Records, arrays and maps of the values inside each other; only a schema that refers to itself comes near. */
    static final int MAX_NESTING = 64;
    /** Items of all arrays and maps of one message; an embedding has at most some thousands. */
    static final int MAX_ITEMS = 256 * 1024;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int items;
    private long steps;
    /** Where the block at hand ends by its own word; -1 where it does not say. */
    private int blockEnd;

    private final Deque<String> path = new ArrayDeque<>();

    private BodyCheck(ByteBuffer body) {
        this.bytes = body.array();
        this.at = body.arrayOffset() + body.position();
        this.end = at + body.remaining();
        // Each field takes a step; those of the types null and fixed of size 0 take no bytes.
        this.steps = 2L * body.remaining() + 4L * WrittenSchema.MAX_PLACES;
    }

    /**
     * @param body of an array of its own or a piece of one; stays where it is
     * @param written schema of the record that the bytes hold
     * @param expected ours, of the same record
     * @throws IOException when a length or count is larger than what is left, or text is no UTF-8
     * @throws RefusedException INVALID_PARAMETER for a symbol that is none of ours, TOO_LARGE beyond the limits
     */
    static void check(ByteBuffer body, Schema written, Schema expected) throws IOException, RefusedException {
        BodyCheck check = new BodyCheck(body);
        check.value(written, expected, 0);
        if (check.at < check.end) {
            throw new IOException((check.end - check.at) + " bytes are left over after the record");
        }
    }

    /**
     * Text of one of the record's own fields, where the bytes up to there can be read.
     *
     * @param field name of a string field
     */
    static Optional<String> find(ByteBuffer body, Schema written, String field) {
        if (written.getType() != Schema.Type.RECORD || written.getField(field) == null) {
            return Optional.empty();
        }
        BodyCheck check = new BodyCheck(body);
        try {
            for (Schema.Field one : written.getFields()) {
                if (one.name().equals(field)) {
                    return check.textOf(one.schema());
                }
                check.value(one.schema(), null, 1);
            }
        } catch (IOException | RefusedException e) {
            // It cannot be read up to there; nobody asked why.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<String> textOf(Schema written) throws IOException {
        Schema type = written;
        if (type.getType() == Schema.Type.UNION) {
            type = type.getTypes().get(index(type.getTypes().size(), "a branch of the union"));
        }
        if (type.getType() != Schema.Type.STRING) {
            return Optional.empty();
        }
        int length = length();
        return Optional.of(new String(bytes, at, length, StandardCharsets.UTF_8));
    }

    private void value(Schema written, Schema expected, int depth) throws IOException, RefusedException {
        if (--steps < 0) {
            throw new IOException("it has more fields than its size allows");
        }
        if (depth > MAX_NESTING) {
            throw new IOException("its values are nested more than " + MAX_NESTING + " deep");
        }
        Schema meant = branchFor(written, expected);
        switch (written.getType()) {
            case NULL -> {}
            case BOOLEAN -> skip(1);
            case INT, LONG -> number();
            case FLOAT -> skip(4);
            case DOUBLE -> skip(8);
            case FIXED -> skip(written.getFixedSize());
            case BYTES -> bytes(meant != null && meant.getType() == Schema.Type.STRING);
            case STRING -> bytes(true);
            case ENUM -> symbol(written, meant);
            case ARRAY -> array(written.getElementType(), elementOf(meant), depth);
            case MAP -> map(written.getValueType(), valueOf(meant), depth);
            case UNION -> union(written, expected, depth);
            case RECORD -> record(written, meant, depth);
        }
    }

    private void record(Schema written, Schema expected, int depth) throws IOException, RefusedException {
        for (Schema.Field field : written.getFields()) {
            Schema.Field ours = expected == null ? null : expected.getField(field.name());
            path.addLast(field.name());
            value(field.schema(), ours == null ? null : ours.schema(), depth + 1);
            path.removeLast();
        }
    }

    private void union(Schema written, Schema expected, int depth) throws IOException, RefusedException {
        List<Schema> branches = written.getTypes();
        Schema branch = branches.get(index(branches.size(), "a branch of the union"));
        value(branch, expected, depth + 1);
    }

    private void array(Schema item, Schema expected, int depth) throws IOException, RefusedException {
        int width = widthOf(item);
        for (int count = blockCount(Math.max(1, width)); count != 0; count = blockCount(Math.max(1, width))) {
            int statedEnd = blockEnd;
            if (width > 0) {
                branchFor(item, expected);
                skip((long) count * width);
            } else {
                for (int i = 0; i < count; i++) {
                    value(item, expected, depth + 1);
                }
            }
            requireEnd(statedEnd);
        }
    }

    private void map(Schema item, Schema expected, int depth) throws IOException, RefusedException {
        for (int count = blockCount(1); count != 0; count = blockCount(1)) {
            int statedEnd = blockEnd;
            for (int i = 0; i < count; i++) {
                bytes(true);
                value(item, expected, depth + 1);
            }
            requireEnd(statedEnd);
        }
    }

    /** Avro skips a block by its stated length, and reads it by its items: both must come to the same. */
    private void requireEnd(int statedEnd) throws IOException {
        if (statedEnd >= 0 && statedEnd != at) {
            throw new IOException(here() + "states a length of its items that they do not have");
        }
    }

    /** Items of the next block of an array or map; 0 at its end. */
    private int blockCount(int leastBytes) throws IOException, RefusedException {
        long count = number();
        blockEnd = -1;
        if (count < 0) {
            // The block's length in bytes follows.
            blockEnd = length() + at;
            count = -count;
        }
        if (count < 0 || count > (end - at) / leastBytes) {
            throw new IOException(here() + "states " + count + " items where " + (end - at) + " bytes are left");
        }
        items += (int) count;
        if (items > MAX_ITEMS) {
            throw new RefusedException(
                    RefusalCode.TOO_LARGE,
                    "The message has more than " + MAX_ITEMS + " items in its arrays and maps"
                            + (path.isEmpty() ? "" : ", the last in " + pathText()) + ".");
        }
        return (int) count;
    }

    private void symbol(Schema written, Schema expected) throws IOException, RefusedException {
        List<String> symbols = written.getEnumSymbols();
        String symbol = symbols.get(index(symbols.size(), "a symbol"));
        if (expected != null
                && expected.getType() == Schema.Type.ENUM
                && isStrict(expected)
                && !expected.hasEnumSymbol(symbol)) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    pathText() + " must be " + oneOf(expected.getEnumSymbols()) + "; got " + Printable.quoted(symbol)
                            + ".");
        }
    }

    /**
     * Whether an unknown symbol is refused. The schemas have defaults for readers of older versions, to whom a new
     * status is a harmless one; but a role that we do not know must not be counted as that of a real image.
     */
    private static boolean isStrict(Schema symbols) {
        return symbols.getEnumDefault() == null || symbols.getName().equals(ImageRole.class.getSimpleName());
    }

    private int index(int size, String what) throws IOException {
        long index = number();
        if (index < 0 || index >= size) {
            throw new IOException(here() + "names " + what + " by the number " + index + " where " + size + " are");
        }
        return (int) index;
    }

    private void bytes(boolean text) throws IOException {
        int length = length();
        if (text) {
            requireUtf8(length);
        }
        at += length;
    }

    private int length() throws IOException {
        long length = number();
        if (length < 0 || length > end - at) {
            throw tooLong(length);
        }
        return (int) length;
    }

    private void requireUtf8(int length) throws IOException {
        for (int i = at; i < at + length; i++) {
            if (bytes[i] < 0) {
                try {
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
                    return;
                } catch (CharacterCodingException e) {
                    throw new IOException(here() + "is no UTF-8", e);
                }
            }
        }
    }

    private void skip(long length) throws IOException {
        if (length > end - at) {
            throw new IOException(here() + "is cut off");
        }
        at += (int) length;
    }

    /** An Avro int or long: seven bits a byte, the lowest first, zigzag. */
    private long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw new IOException(here() + "is cut off");
            }
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IOException(here() + "holds a number of more than ten bytes");
    }

    /** Bytes of every item, where all have the same number; 0 elsewhere. */
    private static int widthOf(Schema item) {
        return switch (item.getType()) {
            case BOOLEAN -> 1;
            case FLOAT -> 4;
            case DOUBLE -> 8;
            case FIXED -> item.getFixedSize();
            default -> 0;
        };
    }

    private static Schema elementOf(Schema expected) {
        return expected != null && expected.getType() == Schema.Type.ARRAY ? expected.getElementType() : null;
    }

    private static Schema valueOf(Schema expected) {
        return expected != null && expected.getType() == Schema.Type.MAP ? expected.getValueType() : null;
    }

    /**
     * What the value becomes with us: our type, or the branch of our union that takes it; null where we do not read it.
     *
     * @throws IOException when no type of ours takes it
     */
    private Schema branchFor(Schema written, Schema expected) throws IOException {
        if (expected == null || written.getType() == Schema.Type.UNION) {
            return null;
        }
        if (expected.getType() != Schema.Type.UNION) {
            if (!takes(expected, written)) {
                throw new IOException(here() + "is " + nameOf(written) + " where " + nameOf(expected) + " is expected");
            }
            return expected;
        }
        for (Schema branch : expected.getTypes()) {
            if (takes(branch, written)) {
                return branch;
            }
        }
        throw new IOException(here() + "is " + nameOf(written) + " where "
                + expected.getTypes().stream().map(BodyCheck::nameOf).toList() + " are allowed");
    }

    /** Avro 1.12, "Schema Resolution": what can be promoted to what. */
    private static boolean takes(Schema ours, Schema written) {
        Schema.Type type = written.getType();
        return switch (ours.getType()) {
            case LONG -> type == Schema.Type.LONG || type == Schema.Type.INT;
            case FLOAT -> type == Schema.Type.FLOAT || type == Schema.Type.LONG || type == Schema.Type.INT;
            case DOUBLE ->
                type == Schema.Type.DOUBLE
                        || type == Schema.Type.FLOAT
                        || type == Schema.Type.LONG
                        || type == Schema.Type.INT;
            case STRING, BYTES -> type == Schema.Type.STRING || type == Schema.Type.BYTES;
            default -> type == ours.getType();
        };
    }

    private static String nameOf(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> "null";
            case INT, ARRAY -> "an " + schema.getType().getName();
            case ENUM, RECORD, FIXED -> "a " + Printable.shortened(schema.getName(), 80);
            default -> "a " + schema.getType().getName();
        };
    }

    private static String oneOf(List<String> symbols) {
        return symbols.size() == 1 ? symbols.get(0) : "one of " + String.join(", ", symbols);
    }

    private IOException tooLong(long length) {
        return new IOException(here() + "states a length of " + length + " bytes where " + (end - at) + " are left");
    }

    private String here() {
        return path.isEmpty() ? "it " : pathText() + " ";
    }

    private String pathText() {
        return Printable.shortened(String.join(".", path), 200);
    }
}
