package io.lensmill.neural.training;

import io.lensmill.neural.Parameters;
import io.lensmill.neural.Parameters.Span;
import io.lensmill.neural.host.FloatMath;
import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The arithmetic of a step over the flat arrays of parameters: scaling of the gradients, the optimiser and the moving
 * average in one pass, since memory is what it waits for.
 */
final class ParameterUpdate {

    private final Parameters parameters;
    private final Optimiser optimiser;
    private final INDArray[] state;
    private final INDArray average;

    /** @param averaged whether a moving average of the parameters is kept; it begins as they are */
    ParameterUpdate(Parameters parameters, Optimiser optimiser, boolean averaged) {
        this.parameters = parameters;
        this.optimiser = optimiser;
        this.state = new INDArray[optimiser.stateArrays()];
        for (int i = 0; i < state.length; i++) {
            state[i] = Nd4j.zeros(DataType.FLOAT, parameters.count());
        }
        this.average = averaged ? parameters.values().dup() : null;
    }

    /** The optimiser's arrays, each as long as the parameters. */
    INDArray[] state() {
        return state;
    }

    /** The moving average; null if none is kept. */
    INDArray average() {
        return average;
    }

    /** Root of the sum of squares of all gradients. */
    double gradientNorm() {
        FloatBuffer gradients = HostFloats.read(parameters.gradients());
        int count = gradients.capacity();
        double[] squares = new double[Rows.pieces(count, 1)];
        Rows.forEach(count, 1, (piece, first, length) -> {
            float[] g = Scratch.ofThread().array(0, length);
            gradients.get(first, g, 0, length);
            squares[piece] = FloatMath.sumOfSquares(g, length);
        });
        return Math.sqrt(Arrays.stream(squares).sum());
    }

    /**
     * @param step number of this step, from 1
     * @param scale what the gradients are multiplied with first
     * @param decay weight of the past in the moving average; empty: it stays as it is
     * @return root of the sum of squares of the scaled gradients
     */
    double apply(long step, double learningRate, float scale, OptionalDouble decay) {
        OptionalDouble kept = average == null ? OptionalDouble.empty() : decay;
        long done = 0;
        double squares = 0;
        for (Span span : parameters.trainable()) {
            follow(done, span.from(), kept);
            squares += move(step, learningRate, scale, span, kept);
            done = span.to();
        }
        follow(done, parameters.count(), kept);
        return Math.sqrt(squares);
    }

    /** @return the sum of squares of the scaled gradients */
    private double move(long step, double learningRate, float scale, Span span, OptionalDouble decay) {
        FloatBuffer weights = HostFloats.write(parameters.values());
        FloatBuffer gradients = HostFloats.read(parameters.gradients());
        FloatBuffer[] memory = new FloatBuffer[state.length];
        for (int i = 0; i < memory.length; i++) {
            memory[i] = HostFloats.write(state[i]);
        }
        FloatBuffer past = decay.isPresent() ? HostFloats.write(average) : null;
        int start = Math.toIntExact(span.from());
        int arrays = 2 + state.length + (decay.isPresent() ? 1 : 0);
        int length = Math.toIntExact(span.to() - span.from());
        double[] squares = new double[Rows.pieces(length, arrays)];
        Rows.forEach(length, arrays, (piece, first, count) -> {
            Scratch scratch = Scratch.ofThread();
            float[] w = scratch.array(0, count);
            float[] g = scratch.array(1, count);
            float[][] s = new float[memory.length][];
            weights.get(start + first, w, 0, count);
            gradients.get(start + first, g, 0, count);
            if (scale != 1f) {
                for (int i = 0; i < count; i++) {
                    g[i] *= scale;
                }
            }
            squares[piece] = FloatMath.sumOfSquares(g, count);
            for (int i = 0; i < s.length; i++) {
                s[i] = scratch.array(2 + i, count);
                memory[i].get(start + first, s[i], 0, count);
            }
            optimiser.update(step, learningRate, w, g, s, count);
            weights.put(start + first, w, 0, count);
            for (int i = 0; i < s.length; i++) {
                memory[i].put(start + first, s[i], 0, count);
            }
            if (past != null) {
                // The gradients are used up; their scratch array serves the average.
                average(past, start + first, w, g, count, (float) decay.getAsDouble());
            }
        });
        return Arrays.stream(squares).sum();
    }

    /** Averages parameters that no optimiser moves: running statistics. */
    private void follow(long from, long to, OptionalDouble decay) {
        if (decay.isEmpty() || from == to) {
            return;
        }
        FloatBuffer values = HostFloats.read(parameters.values());
        FloatBuffer past = HostFloats.write(average);
        int start = Math.toIntExact(from);
        Rows.forEach(Math.toIntExact(to - from), 2, (piece, first, count) -> {
            float[] w = Scratch.ofThread().array(0, count);
            values.get(start + first, w, 0, count);
            average(past, start + first, w, Scratch.ofThread().array(1, count), count, (float) decay.getAsDouble());
        });
    }

    private static void average(FloatBuffer past, int at, float[] values, float[] scratch, int count, float decay) {
        past.get(at, scratch, 0, count);
        for (int i = 0; i < count; i++) {
            scratch[i] = decay * scratch[i] + (1f - decay) * values[i];
        }
        past.put(at, scratch, 0, count);
    }
}
