package io.lensmill.neural;

import io.lensmill.neural.host.HostFloats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
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

    /** Zeros for every parameter of a definition, in the order of its nodes. */
    public static Parameters of(NetworkDefinition definition) {
        List<Entry> entries = entriesOf(definition);
        long count = entries.stream().mapToLong(entry -> entry.spec().size()).sum();
        return new Parameters(Nd4j.zeros(DataType.FLOAT, count), Nd4j.zeros(DataType.FLOAT, count), entries);
    }

    static List<Entry> entriesOf(NetworkDefinition definition) {
        List<Entry> entries = new ArrayList<>();
        long offset = 0;
        for (NetworkDefinition.Node node : definition.nodes()) {
            for (ParameterSpec spec : node.operation().parameters()) {
                entries.add(new Entry(node.name() + "." + spec.name(), spec, offset));
                offset += spec.size();
            }
        }
        return entries;
    }

    /** A run of trainable values in the flat arrays: [from, to). */
    public record Span(long from, long to) {}

    private final INDArray values;
    private final INDArray gradients;
    private final List<Entry> entries;
    private final List<Span> trainable;
    private long version;

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

    /**
     * These values with gradients beside these: for a second executor of the same weights. Its version is its own: who
     * changes values tells both.
     */
    public Parameters withGradientsOfTheirOwn() {
        return new Parameters(values, Nd4j.zeros(DataType.FLOAT, values.length()), entries);
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

    /** The flat array itself; who writes to it calls {@link #markChanged} afterwards. */
    public INDArray values() {
        return values;
    }

    /** Says that values were changed in place through {@link #values}: what was derived from them is out of date. */
    public void markChanged() {
        version++;
    }

    /** A number that grows whenever values change. */
    public long version() {
        return version;
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
        markChanged();
    }

    /**
     * Fresh weights; each parameter draws from its own stream, named by the seed and the position of its name among all
     * names in order. So they are the same for every executor, however it lays its parameters out.
     */
    public void initialise(long seed) {
        List<Entry> byName =
                entries.stream().sorted(Comparator.comparing(Entry::name)).toList();
        for (int i = 0; i < byName.size(); i++) {
            set(byName.get(i).name(), initial(byName.get(i).spec(), new CounterRandom(seed, i)));
        }
    }

    /** A safetensors file with every parameter under its PyTorch name, in PyTorch's layout. */
    public byte[] toSafetensors(Map<String, String> metadata) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        entries.forEach(entry -> tensors.put(entry.name(), copy(values, entry)));
        return Safetensors.write(tensors, metadata);
    }

    /**
     * Takes every parameter from a safetensors file, as {@link WeightsFile} finds them: float32, or float16, bfloat16
     * and float64 made float32; also behind a prefix, or under torchvision's names. PyTorch's
     * {@code num_batches_tracked} counters and other extra tensors are left alone.
     *
     * @throws IOException when the file is broken, or a parameter is missing, has another shape or a number that is no
     *     weight; names it. No parameter is changed then
     */
    public void loadSafetensors(byte[] file) throws IOException {
        WeightsFile weights = WeightsFile.of(file, entries);
        Map<String, float[]> content = new LinkedHashMap<>();
        for (Entry entry : entries) {
            content.put(entry.name(), weights.values(entry));
        }
        content.forEach(this::set);
    }

    /** SHA-256 over the names and values, lower-case hex: the same weights have the same hash wherever they are. */
    public String sha256() {
        return hash(toSafetensors(Map.of()));
    }

    /** A text that two sets of parameters share only if their values stand in the same order: a hash of the names. */
    public String layout() {
        StringBuilder names = new StringBuilder();
        entries.forEach(entry -> names.append(entry.name()).append(' '));
        return hash(names.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
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
