package io.lensmill.neural;

import io.lensmill.neural.host.HostFloats;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * All parameters of a network in one flat float32 array, their gradients in another, and where each stands. Running
 * statistics stand among them, but no optimiser touches them.
 */
public final class Parameters {

    /**
     * One parameter's place.
     *
     * @param name full name, node and parameter: PyTorch's name in a state dict
     * @param spec shape and kind
     * @param offset position of its first value in the flat array
     */
    public record Entry(String name, ParameterSpec spec, long offset) {}

    /** A run of trainable values in the flat arrays: [from, to). */
    public record Span(long from, long to) {}

    private final INDArray values;
    private final INDArray gradients;
    private final List<Entry> entries;
    private final List<Span> trainable;

    /**
     * @param values flat array of all values
     * @param gradients flat array of all gradients, laid out alike
     * @param entries every parameter in the order of its offset
     */
    public Parameters(INDArray values, INDArray gradients, List<Entry> entries) {
        this.values = values.reshape(values.length());
        this.gradients = gradients.reshape(gradients.length());
        this.entries = List.copyOf(entries);
        this.trainable = spans(entries);
    }

    /** Number of values, running statistics included. */
    public long count() {
        return values.length();
    }

    public List<Entry> entries() {
        return entries;
    }

    /** Every run of neighbouring trainable values. */
    public List<Span> trainable() {
        return trainable;
    }

    /** The flat array itself. */
    public INDArray values() {
        return values;
    }

    /** The flat gradient array itself; zero at running statistics. */
    public INDArray gradients() {
        return gradients;
    }

    /** A copy of one parameter's values, row-major in PyTorch's layout. */
    public Tensor get(String name) {
        return copy(values, entry(name));
    }

    /** A copy of one parameter's gradient. */
    public Tensor gradient(String name) {
        return copy(gradients, entry(name));
    }

    /** @throws IllegalArgumentException when there is no such parameter or its size differs */
    public void set(String name, float[] content) {
        Entry entry = entry(name);
        if (content.length != entry.spec().size()) {
            throw new IllegalArgumentException(name + " has " + entry.spec().size() + " values of shape "
                    + Arrays.toString(entry.spec().shape()) + "; got " + content.length);
        }
        HostFloats.write(view(values, entry)).put(0, content);
    }

    /** Fresh weights; each parameter draws from its own stream, named by the seed and its position. */
    public void initialise(long seed) {
        for (int i = 0; i < entries.size(); i++) {
            ParameterSpec spec = entries.get(i).spec();
            set(entries.get(i).name(), initial(spec, new CounterRandom(seed, i)));
        }
    }

    /** A safetensors file with every parameter under its PyTorch name, in PyTorch's layout. */
    public byte[] toSafetensors(Map<String, String> metadata) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        entries.forEach(entry -> tensors.put(entry.name(), copy(values, entry)));
        return Safetensors.write(tensors, metadata);
    }

    /**
     * Takes every parameter from a safetensors file (float32). PyTorch's {@code num_batches_tracked} counters and other
     * extra tensors are left alone.
     *
     * @throws IOException when the file is broken, or a parameter is missing or has another shape; names it
     */
    public void loadSafetensors(byte[] file) throws IOException {
        Map<String, Tensor> tensors = Safetensors.read(file).tensors();
        for (Entry entry : entries) {
            Tensor tensor = tensors.get(entry.name());
            if (tensor == null) {
                throw new IOException("The file has no tensor named " + entry.name());
            }
            if (!Arrays.equals(tensor.shape(), entry.spec().shape())) {
                throw new IOException(entry.name() + " must have the shape "
                        + Arrays.toString(entry.spec().shape()) + "; the file has " + Arrays.toString(tensor.shape()));
            }
        }
        entries.forEach(entry -> set(entry.name(), tensors.get(entry.name()).values()));
    }

    /** SHA-256 over the names and values, lower-case hex: the same weights have the same hash wherever they are. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(toSafetensors(Map.of()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private Entry entry(String name) {
        return entries.stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No parameter is named " + name));
    }

    private static INDArray view(INDArray flat, Entry entry) {
        return flat.get(NDArrayIndex.interval(
                entry.offset(), entry.offset() + entry.spec().size()));
    }

    private static Tensor copy(INDArray flat, Entry entry) {
        return new Tensor(view(flat, entry).dup().data().asFloat(), entry.spec().shape());
    }

    private static float[] initial(ParameterSpec spec, CounterRandom random) {
        float[] content = new float[spec.size()];
        switch (spec.initial()) {
            case ZEROS -> Arrays.fill(content, 0f);
            case ONES -> Arrays.fill(content, 1f);
            case NORMAL -> random.fillGaussian(content);
            case UNIFORM_FAN_IN -> {
                double bound = 1 / Math.sqrt(spec.fanIn());
                for (int i = 0; i < content.length; i++) {
                    content[i] = (float) ((2 * random.nextDouble() - 1) * bound);
                }
            }
        }
        return content;
    }

    private static List<Span> spans(List<Entry> entries) {
        List<Span> spans = new ArrayList<>();
        for (Entry entry : entries) {
            if (!entry.spec().trainable()) {
                continue;
            }
            long end = entry.offset() + entry.spec().size();
            int last = spans.size() - 1;
            if (last >= 0 && spans.get(last).to() == entry.offset()) {
                spans.set(last, new Span(spans.get(last).from(), end));
            } else {
                spans.add(new Span(entry.offset(), end));
            }
        }
        return List.copyOf(spans);
    }
}
