package io.lensmill.contracts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Makes messages as a hostile or careless sender would: Avro containers by their grammar, with schemas of our records,
 * with fields added, changed and nested, and bodies that follow the schema, but for a lie here and there in a length, a
 * count or a choice. At most 64 KiB each; the same seed gives the same messages.
 */
final class MessageGrammar {

    private static final int MAX_BYTES = 64 * 1024;
    private static final String[] PRIMITIVES = {
        "\"null\"", "\"boolean\"", "\"int\"", "\"long\"", "\"float\"", "\"double\"", "\"bytes\"", "\"string\""
    };
    private static final List<Class<?>> TYPES = List.of(
            LensImage.class,
            CancelRequest.class,
            GenerationRequest.class,
            Classification.class,
            MetricReport.class,
            ModelPublished.class);

    private final Random random;
    private int names;
    /** Of types and values: fields that take no bytes would come to no end. */
    private int left;

    private List<String> recordNames = new ArrayList<>();

    MessageGrammar(long seed) {
        this.random = new Random(seed);
    }

    /** The record that the next message claims to be; as often as not it is another. */
    static List<Class<?>> types() {
        return TYPES;
    }

    byte[] next() {
        names = 0;
        left = 20_000;
        recordNames = new ArrayList<>();
        try {
            byte[] message = container();
            message = message.length > MAX_BYTES ? Arrays.copyOf(message, MAX_BYTES) : message;
            return oneIn(8) ? mutated(message) : message;
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
    }

    private byte[] container() throws IOException {
        String schema = schema();
        byte[] body = body(schema);
        boolean deflate = oneIn(6);
        byte[] block = deflate ? deflated(body) : body;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        out.writeFixed(new byte[] {'O', 'b', 'j', 1});
        out.writeLong(lie(2));
        out.writeString("avro.schema");
        out.writeBytes(schema.getBytes(StandardCharsets.UTF_8));
        out.writeString("avro.codec");
        out.writeString(deflate ? "deflate" : oneIn(50) ? "zstandard" : "null");
        out.writeLong(0);
        out.writeFixed(new byte[16]);
        out.writeLong(lie(1));
        out.writeLong(lie(block.length));
        out.writeFixed(block);
        out.writeFixed(new byte[16]);
        out.flush();
        return bytes.toByteArray();
    }

    /** One of our schemas, mostly with something done to it; or none at all. */
    private String schema() {
        if (oneIn(40)) {
            return type(0);
        }
        Class<?> type = TYPES.get(random.nextInt(TYPES.size()));
        String ours =
                org.apache.avro.specific.SpecificData.get().getSchema(type).toString();
        int end = ours.lastIndexOf("]}");
        StringBuilder schema = new StringBuilder(ours.substring(0, end));
        for (int more = random.nextInt(4); more > 0; more--) {
            schema.append(",{\"name\":\"x")
                    .append(names++)
                    .append("\",\"type\":")
                    .append(type(0))
                    .append('}');
        }
        if (oneIn(60)) {
            doubling(schema);
        }
        String text = schema.append("]}").toString();
        if (oneIn(6)) {
            text = text.replaceFirst(
                    "\"type\":\"string\"", "\"type\":" + PRIMITIVES[random.nextInt(PRIMITIVES.length)]);
        }
        if (oneIn(6)) {
            text = text.replaceFirst("\"symbols\":\\[\"", "\"symbols\":[\"NEW\",\"");
        }
        return text;
    }

    /** Records that each hold the one before twice: few bytes of text, many fields. */
    private void doubling(StringBuilder schema) {
        String before = PRIMITIVES[random.nextInt(PRIMITIVES.length)];
        for (int level = 0; level < 40; level++) {
            String name = "D" + names++;
            schema.append(",{\"name\":\"d" + name + "\",\"type\":{\"type\":\"record\",\"name\":\"" + name
                    + "\",\"fields\":[{\"name\":\"a\",\"type\":" + before + "},{\"name\":\"b\",\"type\":" + before
                    + "}]}}");
            before = "\"" + name + "\"";
        }
    }

    private String type(int depth) {
        int deepest = oneIn(30) ? 200 : 5;
        int kind = depth > deepest || (left -= 20) < 0 ? random.nextInt(2) : random.nextInt(10);
        return switch (kind) {
            case 2, 3 -> "{\"type\":\"array\",\"items\":" + type(depth + 1) + "}";
            case 4 -> "{\"type\":\"map\",\"values\":" + type(depth + 1) + "}";
            case 5 -> "[\"null\"," + type(depth + 1) + "]";
            case 6 ->
                "{\"type\":\"fixed\",\"name\":\"F" + names++ + "\",\"size\":"
                        + (oneIn(4) ? Integer.MAX_VALUE : random.nextInt(4)) + "}";
            case 7, 8 -> record(depth);
            case 9 ->
                recordNames.isEmpty() ? "\"long\"" : "\"" + recordNames.get(random.nextInt(recordNames.size())) + "\"";
            default -> PRIMITIVES[random.nextInt(PRIMITIVES.length)];
        };
    }

    private String record(int depth) {
        String name = "R" + names++;
        recordNames.add(name);
        StringBuilder record = new StringBuilder("{\"type\":\"record\",\"name\":\"" + name + "\",\"fields\":[");
        int fields = oneIn(10) ? 300 : random.nextInt(4);
        for (int i = 0; i < fields; i++) {
            record.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"f")
                    .append(i)
                    .append("\",\"type\":")
                    .append(fields > 10 ? PRIMITIVES[random.nextInt(2)] : type(depth + 1))
                    .append('}');
        }
        return record.append("]}").toString();
    }

    private byte[] body(String schemaText) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        Schema schema;
        try {
            schema = WrittenSchema.parse(schemaText.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            byte[] noise = new byte[random.nextInt(2000)];
            random.nextBytes(noise);
            return noise;
        }
        value(schema, out, bytes, 0);
        out.flush();
        return bytes.toByteArray();
    }

    private void value(Schema schema, BinaryEncoder out, ByteArrayOutputStream bytes, int depth) throws IOException {
        if (bytes.size() > MAX_BYTES || depth > 300 || --left < 0) {
            return;
        }
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> out.writeBoolean(random.nextBoolean());
            case INT, LONG -> out.writeLong(random.nextInt(100) - 5);
            case FLOAT -> out.writeFloat(random.nextFloat());
            case DOUBLE -> out.writeDouble(random.nextDouble());
            case FIXED -> out.writeFixed(new byte[Math.min(schema.getFixedSize(), 3000)]);
            case BYTES, STRING -> text(out);
            case ENUM ->
                out.writeLong(lie(random.nextInt(schema.getEnumSymbols().size())));
            case UNION -> {
                int branch = random.nextInt(schema.getTypes().size());
                out.writeLong(lie(branch));
                value(schema.getTypes().get(branch), out, bytes, depth + 1);
            }
            case ARRAY -> items(null, schema.getElementType(), out, bytes, depth);
            case MAP -> items("key", schema.getValueType(), out, bytes, depth);
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    value(field.schema(), out, bytes, depth + 1);
                }
            }
        }
    }

    private void items(String key, Schema item, BinaryEncoder out, ByteArrayOutputStream bytes, int depth)
            throws IOException {
        int count = oneIn(10) ? random.nextInt(3000) : random.nextInt(3);
        long stated = lie(count);
        out.writeLong(oneIn(8) ? -stated : stated);
        if (oneIn(8)) {
            out.writeLong(lie(count));
        }
        for (int i = 0; i < count && bytes.size() < MAX_BYTES && left > 0; i++) {
            if (key != null) {
                out.writeString(key + i);
            }
            value(item, out, bytes, depth + 1);
        }
        out.writeLong(0);
    }

    private void text(BinaryEncoder out) throws IOException {
        byte[] text = new byte[oneIn(20) ? random.nextInt(4000) : random.nextInt(20)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (oneIn(200) ? random.nextInt(256) : 'a' + random.nextInt(26));
        }
        out.writeLong(lie(text.length));
        out.writeFixed(text);
    }

    /** The number itself, nearly always. */
    private long lie(long truth) {
        if (!oneIn(150)) {
            return truth;
        }
        return switch (random.nextInt(6)) {
            case 0 -> -truth - 1;
            case 1 -> Integer.MAX_VALUE - random.nextInt(64);
            case 2 -> Long.MIN_VALUE;
            case 3 -> 1L << (20 + random.nextInt(40));
            case 4 -> truth + 1;
            default -> truth + random.nextInt(100_000);
        };
    }

    private byte[] mutated(byte[] message) {
        byte[] mutant = oneIn(3) ? Arrays.copyOf(message, random.nextInt(message.length) + 1) : message;
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
        }
        return mutant;
    }

    private static byte[] deflated(byte[] body) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(body);
        deflater.finish();
        byte[] out = new byte[body.length + 64];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }
}
