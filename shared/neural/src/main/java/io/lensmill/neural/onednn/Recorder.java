package io.lensmill.neural.onednn;

import io.lensmill.neural.ParameterSpec;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.primitive;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Takes down what a program is to do, step by step: which primitive runs on which slots. From the steps that use a slot
 * follows how long it must keep its memory.
 */
public final class Recorder {

    /** One argument of a primitive: oneDNN's number for it, and the slot. */
    public record Argument(int name, Slot slot) {}

    /** A recorded step: either a primitive with its arguments or work on the host, which is given the run's seed. */
    record Pending(String label, primitive call, List<Argument> arguments, LongConsumer work) {}

    private final Parameters parameters;
    private final PreparedWeights prepared;
    private final Precision precision;
    private final boolean training;

    private final List<Pending> pending = new ArrayList<>();
    private final Set<Slot> slots = new LinkedHashSet<>();
    private final Map<String, Slot> inputs = new HashMap<>();
    private final Map<String, Slot> outputs = new LinkedHashMap<>();
    private final Map<String, Slot> outputGradients = new LinkedHashMap<>();
    private final Set<PreparedWeights.Entry> weights = new LinkedHashSet<>();
    private final List<Runnable> afterPlacement = new ArrayList<>();
    private final Map<String, Slot> constants = new HashMap<>();
    private final Map<String, Parameters.Entry> entries = new HashMap<>();
    private int backwardStart = -1;

    public Recorder(Parameters parameters, PreparedWeights prepared, Precision precision, boolean training) {
        this.parameters = parameters;
        this.prepared = prepared;
        this.precision = precision;
        this.training = training;
        parameters.entries().forEach(entry -> entries.put(entry.name(), entry));
    }

    /** Whether a backward pass follows. */
    public boolean training() {
        return training;
    }

    /** Number format of image-like activations; vectors per image are float32 always. */
    public data_type activationType() {
        return precision == Precision.BFLOAT16 ? data_type.bf16 : data_type.f32;
    }

    /** A new slot, planned. */
    public Slot slot(memory.desc layout) {
        Slot slot = Slot.planned(layout);
        slots.add(slot);
        return slot;
    }

    /** Records a primitive; the arguments alternate: number, slot, number, slot … */
    public void run(String label, primitive work, Object... numbersAndSlots) {
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < numbersAndSlots.length; i += 2) {
            Argument argument = new Argument((Integer) numbersAndSlots[i], (Slot) numbersAndSlots[i + 1]);
            argument.slot().use(pending.size());
            arguments.add(argument);
        }
        pending.add(new Pending(label, work, arguments, null));
    }

    /** Records work on the host that uses the slots. */
    public void host(String label, List<Slot> used, LongConsumer work) {
        used.forEach(slot -> slot.use(pending.size()));
        pending.add(new Pending(label, null, List.of(), work));
    }

    /** A parameter itself, in PyTorch's layout. */
    public Slot parameter(String name, memory.desc layout) {
        return over(parameters.values(), name, layout);
    }

    /** A parameter's gradient, in PyTorch's layout. */
    public Slot gradient(String name, memory.desc layout) {
        return over(parameters.gradients(), name, layout);
    }

    public ParameterSpec spec(String parameter) {
        return entry(parameter).spec();
    }

    /** Weights in the layout that a primitive chose, ready before the first step of every run. */
    public Slot weights(String key, memory.desc layout, WeightSource source) {
        PreparedWeights.Entry entry = prepared.get(key, layout, source::into);
        weights.add(entry);
        return entry.slot();
    }

    /** Fills prepared weights from the parameters. */
    public interface WeightSource {
        Runnable into(Slot target);
    }

    /** A slot full of ones that no step writes. */
    public Slot ones(memory.desc layout) {
        long count = Arrays.stream(dims(layout)).reduce(1, Math::multiplyExact);
        String key = layout.get_data_type().intern() + " " + count;
        Slot whole = constants.computeIfAbsent(key, k -> {
            Slot ones = slot(Layout.vector(layout.get_data_type().intern(), count));
            afterPlacement.add(() -> ones.fillWithOnes());
            return ones;
        });
        // Nothing else may stand there at any time, since nobody writes the ones again.
        whole.use(0);
        return whole.as(layout);
    }

    /**
     * A slot that is zero at first and keeps what steps write, from run to run; one for all that name the same purpose
     * and layout, one after the other.
     */
    public Slot zeroed(String purpose, memory.desc layout) {
        Slot slot = constants.computeIfAbsent(purpose + " " + layout.get_size(), k -> slot(layout));
        // Program memory begins as zeros, and nothing else may stand there at any time.
        slot.use(0);
        return slot;
    }

    public static long[] dims(memory.desc layout) {
        long[] dims = new long[layout.get_ndims()];
        layout.get_dims().get(dims);
        return dims;
    }

    public Slot input(String name, memory.desc layout) {
        Slot slot = slot(layout);
        slot.use(0);
        inputs.put(name, slot);
        return slot;
    }

    public void output(String name, Slot slot) {
        outputs.put(name, slot);
    }

    /** What follows is the backward pass; returns the slot of each output's gradient, which the caller fills. */
    public Map<String, Slot> beginBackward() {
        endForward();
        outputs.forEach((name, output) -> {
            // Laid out as the output itself, whose channels are neighbours.
            Slot gradient = slot(output.layout());
            gradient.use(backwardStart);
            outputGradients.put(name, gradient);
        });
        return outputGradients;
    }

    /** The forward pass is complete: its outputs must stay until the caller has read them. */
    public void endForward() {
        backwardStart = pending.size();
        outputs.values().forEach(output -> output.use(Math.max(0, backwardStart - 1)));
    }

    /** Nothing more follows. */
    public Program complete() {
        constants.values().forEach(slot -> slot.use(pending.size()));
        return new Program(this);
    }

    List<Pending> pending() {
        return pending;
    }

    List<Slot> plannedSlots() {
        return slots.stream()
                .filter(slot -> slot.lastUse() >= 0)
                .sorted(Comparator.comparingInt(Slot::firstUse))
                .toList();
    }

    Map<String, Slot> inputs() {
        return inputs;
    }

    Map<String, Slot> outputs() {
        return outputs;
    }

    Map<String, Slot> outputGradients() {
        return outputGradients;
    }

    Collection<PreparedWeights.Entry> weights() {
        return weights;
    }

    List<Runnable> afterPlacement() {
        return afterPlacement;
    }

    int backwardStart() {
        return backwardStart;
    }

    private Slot over(INDArray flat, String name, memory.desc layout) {
        return Slot.at(layout, NativeMemory.of(flat, entry(name).offset()));
    }

    private Parameters.Entry entry(String name) {
        Parameters.Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("No parameter is named " + name);
        }
        return entry;
    }
}
