package io.lensmill.neural;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lensmill.neural.weights.SafetensorsFile;
import io.lensmill.neural.weights.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The safetensors format: 8 bytes little-endian header length, a JSON header of name to {dtype, shape, data_offsets},
 * then the numbers. We write F32, and read F32, F16, BF16 and F64 as float32; other types are passed over.
 */
public final class Safetensors {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String METADATA = "__metadata__";

    /**
     * What a file holds.
     *
     * @param tensors tensors of numbers with a fraction by name, as float32, in the header's order
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

    /**
     * @throws IOException when the file breaks a rule of the format, or is of another one; says which. Memory is
     *     bounded by the file: at most twice its size, for numbers of 16 bits
     */
    public static Content read(byte[] file) throws IOException {
        SafetensorsFile opened = SafetensorsFile.open(file);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (StoredTensor tensor : opened.tensors().values()) {
            if (tensor.type().isReadable()) {
                tensors.put(tensor.name(), new Tensor(opened.values(tensor), tensor.shape()));
            }
        }
        return new Content(tensors, opened.metadata());
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
}
