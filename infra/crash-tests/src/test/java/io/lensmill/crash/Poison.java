package io.lensmill.crash;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A record that no consumer can use, made for a topic.
 *
 * @param name what is wrong with it
 * @param record as it is sent; large ones are of zeros, which compression makes small
 */
record Poison(String name, ProducerRecord<byte[], byte[]> record) {

    private static final int LARGE_BYTES = 12 * 1024 * 1024;

    /** All that a topic has to bear. */
    static List<Poison> of(Topic topic) throws IOException {
        List<Poison> all = new ArrayList<>();
        byte[] key = bytes("poison");
        all.add(value(topic, "a text of 2 GiB", container(schemaOf(topic), body -> body.writeLong(2_147_483_632L))));
        all.add(value(topic, "a text of negative length", container(schemaOf(topic), body -> body.writeLong(-9))));
        all.add(value(topic, "2^40 items of no bytes", itemsOfNoBytes(topic)));
        all.add(value(topic, "a schema of 2^40 fields", container(doubling(topic), body -> body.writeLong(0))));
        all.add(value(topic, "a value of 12 MiB", new byte[LARGE_BYTES]));
        all.add(new Poison("a key of 12 MiB", record(topic, new byte[LARGE_BYTES], new byte[] {1}, List.of())));
        Header large = new RecordHeader("large", new byte[LARGE_BYTES]);
        all.add(new Poison("a header of 12 MiB", record(topic, key, new byte[] {1}, List.of(large))));
        all.add(new Poison(
                "a key that is no UTF-8", record(topic, new byte[] {(byte) 0xe9}, new byte[] {1}, List.of())));
        all.add(value(topic, "no bytes", new byte[0]));
        byte[] other = Envelope.encode(
                topic.equals(Topics.LABELS)
                        ? new CancelRequest("1.0", "train-7", "")
                        : new ImageLabel("1.3", "x", null, "vort", Instant.EPOCH));
        all.add(value(topic, "a record of another type", other));
        all.add(value(topic, "half a container", Arrays.copyOf(other, other.length / 2)));
        all.add(value(topic, "another magic", "Obj\2 and so on".getBytes(StandardCharsets.UTF_8)));
        all.add(value(topic, "JSON", bytes("{\"jobId\": \"first\"}")));
        if (!topic.compacted()) {
            all.add(value(topic, "a tombstone", null));
        }
        return all;
    }

    /** Writes the beginning of a record's body. */
    @FunctionalInterface
    private interface Body {
        void write(BinaryEncoder out) throws IOException;
    }

    private static Poison value(Topic topic, String name, byte[] value) {
        return new Poison(name, record(topic, bytes("poison"), value, List.of()));
    }

    private static ProducerRecord<byte[], byte[]> record(Topic topic, byte[] key, byte[] value, List<Header> headers) {
        return new ProducerRecord<>(topic.name(), null, key, value, headers);
    }

    private static String schemaOf(Topic topic) {
        return SpecificData.get().getSchema(topic.valueType()).toString();
    }

    private static byte[] itemsOfNoBytes(Topic topic) throws IOException {
        String schema = "{\"type\":\"record\",\"name\":\"" + topic.valueType().getSimpleName()
                + "\",\"namespace\":\"io.lensmill.contracts\",\"fields\":[{\"name\":\"extra\",\"type\":"
                + "{\"type\":\"array\",\"items\":\"null\"}}]}";
        return container(schema, body -> body.writeLong(1L << 40));
    }

    /** Forty records, each with the one before twice. */
    private static String doubling(Topic topic) {
        StringBuilder fields = new StringBuilder();
        String before = "\"null\"";
        for (int i = 0; i < 40; i++) {
            fields.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"d" + i + "\",\"type\":{\"type\":\"record\",\"name\":\"D" + i
                            + "\",\"fields\":[{\"name\":\"a\",\"type\":" + before + "},{\"name\":\"b\",\"type\":"
                            + before + "}]}}");
            before = "\"D" + i + "\"";
        }
        return "{\"type\":\"record\",\"name\":\"" + topic.valueType().getSimpleName()
                + "\",\"namespace\":\"io.lensmill.contracts\",\"fields\":[" + fields + "]}";
    }

    private static byte[] container(String schema, Body body) throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        BinaryEncoder inner = EncoderFactory.get().directBinaryEncoder(record, null);
        body.write(inner);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        out.writeFixed(new byte[] {'O', 'b', 'j', 1});
        out.writeLong(1);
        out.writeString("avro.schema");
        out.writeBytes(schema.getBytes(StandardCharsets.UTF_8));
        out.writeLong(0);
        out.writeFixed(new byte[16]);
        out.writeLong(1);
        out.writeLong(record.size());
        out.writeFixed(record.toByteArray());
        out.writeFixed(new byte[16]);
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
