package io.lensmill.neural;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * The safetensors format: 8 bytes little-endian header length, a JSON header of name to {dtype, shape, data_offsets},
 * then the numbers. We write F32 and read F32; other types are passed over.
 */
public final class Safetensors {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String METADATA = "__metadata__";
    private static final int MAX_HEADER_BYTES = 16 * 1024 * 1024;

    /**
     * What a file holds.
     *
     * @param tensors F32 tensors by name, in the header's order
     * @param metadata the file's text entries
     */
    public record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {}

    private Safetensors() {}

    public static byte[] write(Map<String, Tensor> tensors, Map<String, String> metadata) {
        byte[] header = header(tensors, metadata);
        long dataBytes =
                tensors.values().stream().mapToLong(t -> 4L * t.values().length).sum();
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(8 + header.length + dataBytes))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        for (Tensor tensor : tensors.values()) {
            file.asFloatBuffer().put(tensor.values());
            file.position(file.position() + 4 * tensor.values().length);
        }
        return file.array();
    }

    /** @throws IOException when the file's header does not fit its content; says where */
    public static Content read(byte[] file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 8) {
            throw new IOException("Not a safetensors file: it has " + file.length + " bytes");
        }
        long headerLength = in.getLong();
        if (headerLength < 2 || headerLength > MAX_HEADER_BYTES || headerLength > in.remaining()) {
            throw new IOException("Not a safetensors file: its header would have " + headerLength + " bytes");
        }
        JsonNode header = MAPPER.readTree(new String(file, 8, (int) headerLength, StandardCharsets.UTF_8));
        if (header == null || !header.isObject()) {
            throw new IOException("Not a safetensors file: its header is no JSON object");
        }
        in.position(8 + (int) headerLength);
        ByteBuffer data = in.slice().order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> it = header.fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = it.next();
            if (entry.getKey().equals(METADATA)) {
                entry.getValue()
                        .fields()
                        .forEachRemaining(
                                e -> metadata.put(e.getKey(), e.getValue().asText()));
            } else if ("F32".equals(entry.getValue().path("dtype").asText())) {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), data));
            }
        }
        return new Content(tensors, metadata);
    }

    private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
        ObjectNode header = MAPPER.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = header.putObject(METADATA);
            metadata.forEach(texts::put);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
            Arrays.stream(entry.getValue().shape()).forEach(node.putArray("shape")::add);
            long end = offset + 4L * entry.getValue().values().length;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        // The data begins at a multiple of 8 bytes; the format allows trailing spaces for that.
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static Tensor tensor(String name, JsonNode node, ByteBuffer data) throws IOException {
        long from = node.path("data_offsets").path(0).asLong(-1);
        long to = node.path("data_offsets").path(1).asLong(-1);
        int[] shape = new int[node.path("shape").size()];
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            long edge = node.path("shape").path(i).asLong(-1);
            if (edge < 0 || edge > Integer.MAX_VALUE || size * Math.max(1, edge) > Integer.MAX_VALUE) {
                throw new IOException("Tensor " + name + " has an impossible shape");
            }
            shape[i] = (int) edge;
            size *= edge;
        }
        if (from < 0 || to > data.capacity() || to - from != 4 * size) {
            throw new IOException("Tensor " + name + " does not lie within the file");
        }
        FloatBuffer floats = data.slice((int) from, (int) (to - from))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[(int) size];
        floats.get(values);
        return new Tensor(values, shape);
    }
}
