package io.lensmill.neural.training;

import io.lensmill.neural.Loss;
import io.lensmill.neural.Network;
import io.lensmill.neural.Parameters;
import io.lensmill.neural.Safetensors;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.host.HostFloats;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;

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
    private final double maxGradientNorm;
    private final Optional<Averaging> averaging;
    private final ParameterUpdate update;
    private final DivergenceGuard guard = new DivergenceGuard();
    private long steps;

    /**
     * @param maxGradientNorm gradients of a larger global norm are scaled down to it (Pascanu et al. 2013); 0: never
     * @param averaging moving average of the weights, if one is kept
     */
    public Trainer(Network network, Optimiser optimiser, double maxGradientNorm, Optional<Averaging> averaging) {
        this.network = network;
        this.parameters = network.parameters();
        this.maxGradientNorm = maxGradientNorm;
        this.averaging = averaging;
        this.update = new ParameterUpdate(parameters, optimiser, averaging.isPresent());
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
     * @throws NotFiniteException when the loss or the gradients are not finite: restore a checkpoint before going on
     */
    public StepResult step(Map<String, Tensor> inputs, Loss loss, double learningRate, long stepSeed)
            throws NotFiniteException {
        Loss.Evaluation evaluation = loss.evaluate(network.forward(inputs, stepSeed));
        if (!Double.isFinite(evaluation.value())) {
            throw new NotFiniteException("The loss is " + evaluation.value() + " at step " + (steps + 1));
        }
        network.backward(evaluation.outputGradients());
        long step = steps + 1;
        OptionalDouble decay = averaging.isPresent() && averaging.get().isDue(step)
                ? OptionalDouble.of(averaging.get().decayAt(step))
                : OptionalDouble.empty();
        double rate = learningRate * guard.learningRateFactor();
        double norm;
        if (maxGradientNorm > 0) {
            norm = requireFinite(update.gradientNorm());
            update.apply(step, rate, norm > maxGradientNorm ? (float) (maxGradientNorm / (norm + 1e-6)) : 1f, decay);
            parameters.markChanged();
        } else {
            // Without clipping the norm is no more than news, and the pass over the parameters brings it along.
            norm = update.apply(step, rate, 1f, decay);
            parameters.markChanged();
            requireFinite(norm);
        }
        steps = step;
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

    private double requireFinite(double norm) throws NotFiniteException {
        if (!Double.isFinite(norm)) {
            throw new NotFiniteException("The gradient's norm is " + norm + " at step " + (steps + 1));
        }
        return norm;
    }

    /**
     * Everything that the next step depends on, as a safetensors file.
     *
     * @param notes the caller's own state, kept as text
     */
    public byte[] checkpoint(Map<String, String> notes) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(WEIGHTS, copy(parameters.values()));
        for (int i = 0; i < update.state().length; i++) {
            tensors.put(STATE + i, copy(update.state()[i]));
        }
        if (averaging.isPresent()) {
            tensors.put(AVERAGE, copy(update.average()));
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
        long stepsDone;
        try {
            stepsDone = Long.parseLong(step);
            guard.takeFrom(notes);
        } catch (NumberFormatException e) {
            throw new IOException("The checkpoint's counts must be whole numbers: " + e.getMessage(), e);
        }
        paste(content, WEIGHTS, parameters.values());
        parameters.markChanged();
        for (int i = 0; i < update.state().length; i++) {
            paste(content, STATE + i, update.state()[i]);
        }
        if (averaging.isPresent()) {
            paste(content, AVERAGE, update.average());
        }
        steps = stepsDone;
        return notes;
    }

    /** Work that may throw. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Runs the work with the averaged weights in the network, and puts the trained ones back. Without averaging: as is.
     */
    public <T, E extends Exception> T withAveragedWeights(Work<T, E> work) throws E {
        if (averaging.isEmpty()) {
            return work.run();
        }
        INDArray trained = parameters.values().dup();
        parameters.values().assign(update.average());
        parameters.markChanged();
        try {
            return work.run();
        } finally {
            parameters.values().assign(trained);
            parameters.markChanged();
        }
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
