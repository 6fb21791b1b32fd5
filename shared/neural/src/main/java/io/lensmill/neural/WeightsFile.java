package io.lensmill.neural;

import io.lensmill.neural.weights.SafetensorsFile;
import io.lensmill.neural.weights.StateDictNames;
import io.lensmill.neural.weights.StoredTensor;
import io.lensmill.reading.VisibleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A safetensors file whose tensors are those of a network, by name, type and shape. */
public final class WeightsFile {

    private static final int MOST_MISFITS = 3;
    private static final String VARIANCE = ".running_var";

    private final SafetensorsFile file;
    private final Map<String, String> names;

    private WeightsFile(SafetensorsFile file, Map<String, String> names) {
        this.file = file;
        this.names = names;
    }

    /**
     * Whether a file has a network's weights, looked at before the network is built: what a description claims costs no
     * memory that its weights do not have.
     *
     * @throws IOException when it has not; says why
     */
    public static void requireFits(byte[] file, NetworkDefinition definition) throws IOException {
        of(file, Parameters.entriesOf(definition));
    }

    static WeightsFile of(byte[] file, List<Parameters.Entry> entries) throws IOException {
        SafetensorsFile opened = SafetensorsFile.open(file);
        Map<String, String> names = StateDictNames.match(
                entries.stream().map(Parameters.Entry::name).toList(),
                opened.tensors().keySet());
        WeightsFile weights = new WeightsFile(opened, names);
        weights.requireTypes();
        weights.requireShapes(entries);
        return weights;
    }

    /**
     * The values of one parameter; zeros where the file's network has none and zeros are the same.
     *
     * @throws IOException when one is NaN, infinite or beyond float32, or a variance below 0; names the tensor
     */
    float[] values(Parameters.Entry entry) throws IOException {
        String name = names.get(entry.name());
        if (name == null) {
            return new float[entry.spec().size()];
        }
        StoredTensor tensor = file.tensors().get(name);
        float[] values = file.values(tensor);
        boolean variance = entry.name().endsWith(VARIANCE);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IOException(VisibleText.of(name) + " (" + tensor + ") has " + values[i] + " as its number "
                        + (i + 1) + " in float32; weights must be finite, of at most 3.4e38");
            }
            if (variance && values[i] < 0) {
                throw new IOException(VisibleText.of(name) + " (" + tensor + ") has " + values[i] + " as its number "
                        + (i + 1) + "; a variance must be 0 or more");
            }
        }
        return values;
    }

    private void requireTypes() throws IOException {
        for (String name : names.values()) {
            StoredTensor tensor = file.tensors().get(name);
            if (!tensor.type().isReadable()) {
                throw new IOException(
                        VisibleText.of(name) + " is " + tensor + "; weights must be F32, F16, BF16 or F64");
            }
        }
    }

    private void requireShapes(List<Parameters.Entry> entries) throws IOException {
        List<String> misfits = new ArrayList<>();
        for (Parameters.Entry entry : entries) {
            String name = names.get(entry.name());
            int[] wanted = entry.spec().shape();
            if (name != null && !Arrays.equals(file.tensors().get(name).shape(), wanted)) {
                int[] found = file.tensors().get(name).shape();
                misfits.add(VisibleText.of(name) + " must have the shape " + Arrays.toString(wanted) + "; the file has "
                        + Arrays.toString(found) + reason(entry.name(), wanted, found));
            }
        }
        if (!misfits.isEmpty()) {
            throw new IOException(String.join("; ", misfits.subList(0, Math.min(MOST_MISFITS, misfits.size())))
                    + (misfits.size() > MOST_MISFITS
                            ? "; and " + (misfits.size() - MOST_MISFITS) + " more do not fit"
                            : ""));
        }
    }

    /** What the two most common misfits mean. */
    private static String reason(String name, int[] wanted, int[] found) {
        if (name.equals("fc.weight") && found.length == 2 && found[1] == wanted[1]) {
            return " (its network tells " + found[0] + " classes, this one " + wanted[0] + ")";
        }
        if (found.length == 4 && found[1] == 3 && wanted[1] == 1) {
            return " (its network takes three colours, this one grey images: the sum of the weights over the second"
                    + " axis does the same to a grey image that it does to three equal colours)";
        }
        return "";
    }
}
