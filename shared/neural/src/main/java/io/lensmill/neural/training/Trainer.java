package io.lensmill.neural.training;

import io.lensmill.neural.Loss;
import io.lensmill.neural.Network;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Parameters.Span;
import io.lensmill.neural.Safetensors;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network step by step: forward, loss, backward, clipping by global norm, optimiser, moving average. Its whole
 * state can be saved and restored; a restored trainer goes on to the same weights as one that never stopped.
 */
public final class Trainer {

    private static final String STEP = "trainer.step";
    private static final String LAYOUT = "trainer.layout";
    private static final String WEIGHTS = "weights";
    private static final String STATE = "optimiser.";
    private static final String AVERAGE = "average";

    private final Network network;
    private final Parameters parameters;
    private final Optimiser optimiser;
    private final double maxGradientNorm;
    private final Optional<Averaging> averaging;
    private final INDArray[] state;
    private final INDArray average;
    private final DivergenceGuard guard = new DivergenceGuard();
    private long steps;

    /**
     * @param maxGradientNorm gradients of a larger global norm are scaled down to it (Pascanu et al. 2013); 0: never
     * @param averaging moving average of the weights, if one is kept
     */
    public Trainer(Network network, Optimiser optimiser, double maxGradientNorm, Optional<Averaging> averaging) {
        this.network = network;
        this.parameters = network.parameters();
        this.optimiser = optimiser;
        this.maxGradientNorm = maxGradientNorm;
        this.averaging = averaging;
        this.state = new INDArray[optimiser.stateArrays()];
        for (int i = 0; i < state.length; i++) {
            state[i] = Nd4j.zeros(DataType.FLOAT, parameters.count());
        }
        this.average = averaging.isPresent() ? parameters.values().dup() : null;
    }

    /** Steps done so far, over all restarts. */
    public long stepsDone() {
        return steps;
    }

    /** Counts divergences; its factor is applied to every step's learning rate. */
    public DivergenceGuard guard() {
        return guard;
    }

    /**
     * One step.
     *
     * @param learningRate step size; multiplied by the guard's factor
     * @param stepSeed seed of the step's dropout
     * @throws NotFiniteException when the loss or the gradients are not finite; nothing was changed but running
     *     statistics
     */
    public StepResult step(Map<String, Tensor> inputs, Loss loss, double learningRate, long stepSeed)
            throws NotFiniteException {
        Loss.Evaluation evaluation = loss.evaluate(network.forward(inputs, stepSeed));
        if (!Double.isFinite(evaluation.value())) {
            throw new NotFiniteException("The loss is " + evaluation.value() + " at step " + (steps + 1));
        }
        network.backward(evaluation.outputGradients());
        double norm = gradientNorm();
        if (!Double.isFinite(norm)) {
            throw new NotFiniteException("The gradient's norm is " + norm + " at step " + (steps + 1));
        }
        steps++;
        float scale = maxGradientNorm > 0 && norm > maxGradientNorm ? (float) (maxGradientNorm / (norm + 1e-6)) : 1f;
        for (Span span : parameters.trainable()) {
            update(span, learningRate * guard.learningRateFactor(), scale);
        }
        parameters.markChanged();
        averaging.filter(a -> a.isDue(steps)).ifPresent(a -> average((float) a.decayAt(steps)));
        return new StepResult(evaluation.value(), norm);
    }

    /**
     * Asked before weights are kept or published: steps are checked by loss and gradient, which running statistics may
     * escape.
     *
     * @throws NotFiniteException when a parameter is NaN or infinite
     */
    public void requireFinite() throws NotFiniteException {
        FloatBuffer values = HostFloats.read(parameters.values());
        for (int i = 0; i < values.capacity(); i++) {
            if (!Float.isFinite(values.get(i))) {
                throw new NotFiniteException("A parameter is " + values.get(i) + " after step " + steps);
            }
        }
    }

    /**
     * Everything that the next step depends on, as a safetensors file.
     *
     * @param notes the caller's own state, kept as text
     */
    public byte[] checkpoint(Map<String, String> notes) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(WEIGHTS, copy(parameters.values()));
        for (int i = 0; i < state.length; i++) {
            tensors.put(STATE + i, copy(state[i]));
        }
        if (average != null) {
            tensors.put(AVERAGE, copy(average));
        }
        Map<String, String> metadata = new LinkedHashMap<>(notes);
        metadata.put(STEP, Long.toString(steps));
        metadata.put(LAYOUT, parameters.layout());
        guard.writeTo(metadata);
        return Safetensors.write(tensors, metadata);
    }

    /**
     * Takes the state of a checkpoint of the same network and optimiser.
     *
     * @return the notes given when it was made
     * @throws IOException when the file is broken or of another network or executor
     */
    public Map<String, String> restore(byte[] checkpoint) throws IOException {
        Safetensors.Content content = Safetensors.read(checkpoint);
        Map<String, String> notes = new LinkedHashMap<>(content.metadata());
        String step = notes.remove(STEP);
        if (step == null) {
            throw new IOException("Not a checkpoint: it does not say its step");
        }
        if (!parameters.layout().equals(notes.remove(LAYOUT))) {
            throw new IOException(
                    "The checkpoint belongs to another network, or another executor made it: its parameters"
                            + " stand in another order");
        }
        guard.takeFrom(notes);
        paste(content, WEIGHTS, parameters.values());
        parameters.markChanged();
        for (int i = 0; i < state.length; i++) {
            paste(content, STATE + i, state[i]);
        }
        if (average != null) {
            paste(content, AVERAGE, average);
        }
        steps = Long.parseLong(step);
        return notes;
    }

    /** Runs the work with the averaged weights in the network, and puts the trained ones back. Without averaging: as is. */
    public <T> T withAveragedWeights(Supplier<T> work) {
        if (average == null) {
            return work.get();
        }
        INDArray trained = parameters.values().dup();
        parameters.values().assign(average);
        parameters.markChanged();
        try {
            return work.get();
        } finally {
            parameters.values().assign(trained);
            parameters.markChanged();
        }
    }

    private double gradientNorm() {
        FloatBuffer gradients = HostFloats.read(parameters.gradients());
        int count = gradients.capacity();
        double[] squares = new double[Rows.pieces(count, 1)];
        Rows.forEach(count, 1, (piece, first, length) -> {
            float[] g = Scratch.ofThread().array(0, length);
            gradients.get(first, g, 0, length);
            float square = 0;
            for (int i = 0; i < length; i++) {
                square += g[i] * g[i];
            }
            squares[piece] = square;
        });
        double total = 0;
        for (double square : squares) {
            total += square;
        }
        return Math.sqrt(total);
    }

    private void update(Span span, double learningRate, float scale) {
        FloatBuffer weights = HostFloats.write(parameters.values());
        FloatBuffer gradients = HostFloats.read(parameters.gradients());
        FloatBuffer[] memory = new FloatBuffer[state.length];
        for (int i = 0; i < memory.length; i++) {
            memory[i] = HostFloats.write(state[i]);
        }
        int start = Math.toIntExact(span.from());
        Rows.forEach(Math.toIntExact(span.to() - span.from()), 2 + state.length, (piece, first, count) -> {
            Scratch scratch = Scratch.ofThread();
            float[] w = scratch.array(0, count);
            float[] g = scratch.array(1, count);
            float[][] s = new float[memory.length][];
            weights.get(start + first, w, 0, count);
            gradients.get(start + first, g, 0, count);
            for (int i = 0; i < count; i++) {
                g[i] *= scale;
            }
            for (int i = 0; i < s.length; i++) {
                s[i] = scratch.array(2 + i, count);
                memory[i].get(start + first, s[i], 0, count);
            }
            optimiser.update(steps, learningRate, w, g, s, count);
            weights.put(start + first, w, 0, count);
            for (int i = 0; i < s.length; i++) {
                memory[i].put(start + first, s[i], 0, count);
            }
        });
    }

    private void average(float decay) {
        FloatBuffer weights = HostFloats.read(parameters.values());
        FloatBuffer past = HostFloats.write(average);
        Rows.forEach(weights.capacity(), 2, (piece, first, count) -> {
            float[] w = Scratch.ofThread().array(0, count);
            float[] a = Scratch.ofThread().array(1, count);
            weights.get(first, w, 0, count);
            past.get(first, a, 0, count);
            for (int i = 0; i < count; i++) {
                a[i] = decay * a[i] + (1f - decay) * w[i];
            }
            past.put(first, a, 0, count);
        });
    }

    private static Tensor copy(INDArray array) {
        return new Tensor(array.dup().data().asFloat(), Math.toIntExact(array.length()));
    }

    private static void paste(Safetensors.Content content, String name, INDArray target) throws IOException {
        Tensor tensor = content.tensors().get(name);
        if (tensor == null || tensor.values().length != target.length()) {
            throw new IOException("The checkpoint's '" + name + "' is missing or belongs to another network");
        }
        HostFloats.write(target).put(0, tensor.values());
    }
}
