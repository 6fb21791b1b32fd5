package io.lensmill.neural.weights;

import io.lensmill.reading.VisibleText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file in memory that keeps the rules of its format: the header lies within the file, every tensor has
 * the bytes of its shape, and the tensors fill the rest without overlap, hole or remainder
 * (https://huggingface.co/docs/safetensors, "Format"). Numbers are read when they are asked for.
 */
public final class SafetensorsFile {

    /** A network of a thousand tensors needs 0.1 MiB, a checkpoint's learning curve a few. */
    public static final int MOST_HEADER_BYTES = 16 * 1024 * 1024;

    private static final int LENGTH_BYTES = 8;

    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata;
    private final byte[] file;
    private final int dataStart;

    private SafetensorsFile(SafetensorsHeader header, byte[] file, int dataStart) {
        header.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        this.metadata = header.metadata();
        this.file = file;
        this.dataStart = dataStart;
    }

    /** @throws IOException when the file breaks a rule of the format, or is of another one; says which */
    public static SafetensorsFile open(byte[] file) throws IOException {
        if (file.length < LENGTH_BYTES) {
            throw noSafetensors(
                    file, file.length == 0 ? "it is empty" : "it ends after " + file.length + " bytes: it was cut");
        }
        long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > MOST_HEADER_BYTES) {
            throw noSafetensors(
                    file,
                    "its first eight bytes say that the header has " + Long.toUnsignedString(length) + " bytes; 2 to "
                            + MOST_HEADER_BYTES + " are allowed");
        }
        if (length > file.length - LENGTH_BYTES) {
            throw noSafetensors(
                    file,
                    "its header should have " + length + " bytes, and only " + (file.length - LENGTH_BYTES)
                            + " follow: it was cut, or is of another format");
        }
        if (file[LENGTH_BYTES] != '{') {
            throw noSafetensors(file, "its header does not begin with '{'");
        }
        int dataStart = LENGTH_BYTES + (int) length;
        SafetensorsHeader header = SafetensorsHeader.parse(Arrays.copyOfRange(file, LENGTH_BYTES, dataStart));
        requireFilled(header.tensors(), file.length - dataStart);
        return new SafetensorsFile(header, file, dataStart);
    }

    /** Every tensor by its name, in the header's order. */
    public Map<String, StoredTensor> tensors() {
        return tensors;
    }

    /** The file's text entries. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * A tensor's numbers in float32, row-major.
     *
     * @param tensor one of this file, of a readable type
     */
    public float[] values(StoredTensor tensor) {
        ByteBuffer data = ByteBuffer.wrap(file, dataStart + tensor.from(), tensor.to() - tensor.from())
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        return tensor.type().toFloats(data);
    }

    private static IOException noSafetensors(byte[] file, String otherwise) {
        return new IOException("Not a safetensors file: "
                + FileKind.of(file).map(FileKind::advice).orElse(otherwise));
    }

    /** In the order of their bytes each tensor begins where the one before ends, and the last ends with the file. */
    private static void requireFilled(List<StoredTensor> tensors, int dataBytes) throws IOException {
        List<StoredTensor> inOrder = new ArrayList<>(tensors);
        inOrder.sort(Comparator.comparingInt(StoredTensor::from).thenComparingInt(StoredTensor::to));
        // Shared bytes first: they leave holes elsewhere, which say less.
        for (int i = 1; i < inOrder.size(); i++) {
            StoredTensor before = inOrder.get(i - 1);
            StoredTensor tensor = inOrder.get(i);
            if (tensor.from() < before.to()) {
                throw new IOException("Tensors " + quoted(before) + " and " + quoted(tensor) + " share the bytes "
                        + tensor.from() + " to " + Math.min(before.to(), tensor.to())
                        + " of the data; each must have its own");
            }
        }
        int end = 0;
        for (StoredTensor tensor : inOrder) {
            if (tensor.to() > dataBytes) {
                throw new IOException("Tensor " + quoted(tensor) + " ends at byte " + tensor.to()
                        + " of the data, and the file has " + dataBytes + ": it was cut");
            }
            if (tensor.from() > end) {
                throw new IOException("Before tensor " + quoted(tensor) + " lie " + (tensor.from() - end)
                        + " bytes that belong to no tensor");
            }
            end = tensor.to();
        }
        if (end != dataBytes) {
            throw new IOException("Behind the last tensor follow " + (dataBytes - end) + " bytes that belong to none");
        }
    }

    private static String quoted(StoredTensor tensor) {
        return VisibleText.quoted(tensor.name());
    }
}
