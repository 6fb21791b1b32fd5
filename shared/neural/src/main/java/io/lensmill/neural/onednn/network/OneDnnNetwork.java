package io.lensmill.neural.onednn.network;

import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.OpenMp;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Precision;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.onednn.OneDnn;
import io.lensmill.neural.onednn.PreparedWeights;
import io.lensmill.neural.onednn.Program;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Runs a definition as compiled programs of oneDNN primitives on the CPU, one program per shape of the inputs, in
 * training and in inference. All share the parameters.
 */
public final class OneDnnNetwork implements Network {

    /** Programs kept: a batch and its rest, in training and in inference, and some more. */
    private static final int PROGRAMS = 8;

    private final NetworkDefinition definition;
    private final Precision precision;
    private final Parameters parameters;
    private final PreparedWeights prepared = new PreparedWeights();
    private final Map<String, Program> programs = new LinkedHashMap<>(PROGRAMS, 0.75f, true);
    private Program lastForward;

    public OneDnnNetwork(NetworkDefinition definition, Precision precision) {
        this(definition, precision, Parameters.of(definition));
    }

    /** @param parameters of the definition, in the order of its nodes */
    OneDnnNetwork(NetworkDefinition definition, Precision precision, Parameters parameters) {
        OneDnn.fault().ifPresent(fault -> {
            throw new IllegalStateException("oneDNN cannot be used here: " + fault);
        });
        if (precision == Precision.BFLOAT16 && !OneDnn.computesBfloat16()) {
            throw new IllegalStateException("The precision must be f32 or auto on this processor ("
                    + OneDnn.instructionSet() + "), on which oneDNN has no bfloat16; got bf16.");
        }
        this.definition = definition;
        this.precision = precision;
        this.parameters = parameters;
    }

    @Override
    public NetworkDefinition definition() {
        return definition;
    }

    @Override
    public void initialise(long seed) {
        parameters.initialise(seed);
    }

    @Override
    public Map<String, Tensor> infer(Map<String, Tensor> inputs) {
        // Products with a single row are summed in another order. A lone image goes with an empty one, so that its
        // result is the same, to the last bit, as in any batch.
        boolean alone = required(inputs, definition.inputs().get(0)).shape()[0] == 1;
        Map<String, Tensor> given = alone ? each(inputs, tensor -> resized(tensor, 2)) : inputs;
        Map<String, Tensor> outputs = run(program(given, false), given, 0);
        return alone ? each(outputs, tensor -> resized(tensor, 1)) : outputs;
    }

    @Override
    public Map<String, Tensor> forward(Map<String, Tensor> inputs, long stepSeed) {
        lastForward = program(inputs, true);
        Map<String, Tensor> outputs = run(lastForward, inputs, stepSeed);
        // The running statistics have moved.
        parameters.markChanged();
        return outputs;
    }

    @Override
    public void backward(Map<String, Tensor> outputGradients) {
        if (lastForward == null) {
            throw new IllegalStateException("backward() needs a forward() before it");
        }
        lastForward.outputGradients().forEach((name, slot) -> {
            FloatBuffer target = slot.floats();
            Tensor gradient = outputGradients.get(name);
            target.put(0, gradient == null ? new float[target.capacity()] : gradient.values());
        });
        lastForward.backward();
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public String describe() {
        return "oneDNN " + OneDnn.version() + " (" + OneDnn.instructionSet() + "), " + precision.shortName() + ", "
                + OpenMp.defaultThreads() + " threads at most, " + definition.trainableParameters() + " parameters";
    }

    /** Seconds that each kind of step of the last forward's program takes, as a mean over some runs. */
    public Map<String, Double> profile(int runs) {
        return lastForward == null ? new TreeMap<>() : lastForward.profile(runs);
    }

    @Override
    public void close() {
        programs.values().forEach(Program::close);
        programs.clear();
        prepared.close();
    }

    private Map<String, Tensor> run(Program program, Map<String, Tensor> inputs, long stepSeed) {
        for (String name : definition.inputs()) {
            program.input(name).floats().put(0, inputs.get(name).values());
        }
        program.forward(parameters.version(), stepSeed);
        Map<String, Tensor> outputs = new HashMap<>();
        program.outputs().forEach((name, slot) -> outputs.put(name, tensor(slot)));
        return outputs;
    }

    private Program program(Map<String, Tensor> inputs, boolean training) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        StringBuilder key = new StringBuilder(training ? "training" : "inference");
        for (String name : definition.inputs()) {
            Tensor tensor = required(inputs, name);
            shapes.put(name, tensor.shape());
            key.append(' ').append(Arrays.toString(tensor.shape()));
        }
        Program program = programs.get(key.toString());
        if (program == null) {
            makeRoom();
            program = ProgramBuilder.build(definition, shapes, parameters, prepared, precision, training);
            programs.put(key.toString(), program);
        }
        return program;
    }

    private static Tensor required(Map<String, Tensor> inputs, String name) {
        Tensor tensor = inputs.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("Input '" + name + "' is missing; got " + inputs.keySet());
        }
        return tensor;
    }

    private static Map<String, Tensor> each(Map<String, Tensor> tensors, UnaryOperator<Tensor> change) {
        Map<String, Tensor> changed = new HashMap<>();
        tensors.forEach((name, tensor) -> changed.put(name, change.apply(tensor)));
        return changed;
    }

    /** The first images of a batch; zeros where it has fewer. */
    private static Tensor resized(Tensor batch, int images) {
        int[] shape = batch.shape().clone();
        int perImage = batch.values().length / shape[0];
        shape[0] = images;
        return new Tensor(Arrays.copyOf(batch.values(), images * perImage), shape);
    }

    private void makeRoom() {
        while (programs.size() >= PROGRAMS) {
            String oldest = programs.keySet().iterator().next();
            Program old = programs.remove(oldest);
            if (old == lastForward) {
                lastForward = null;
            }
            old.close();
        }
    }

    private static Tensor tensor(Slot slot) {
        long[] dims = Recorder.dims(slot.layout());
        float[] values = new float[slot.floats().capacity()];
        slot.floats().get(0, values);
        int[] shape = dims.length == 4
                ? new int[] {(int) dims[0], (int) dims[2], (int) dims[3], (int) dims[1]}
                : Arrays.stream(dims).mapToInt(Math::toIntExact).toArray();
        return new Tensor(values, shape);
    }
}
