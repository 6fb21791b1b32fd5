package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.host.FloatMath;
import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A smooth function of each value on its own. */
final class PointwiseKernel extends Kernel {

    /** The function and its derivative. */
    interface Function {
        float value(float x);

        float derivative(float x);
    }

    /** x sigmoid(x). */
    static final Function SILU = new Function() {
        @Override
        public float value(float x) {
            return x * FloatMath.sigmoid(x);
        }

        @Override
        public float derivative(float x) {
            float s = FloatMath.sigmoid(x);
            return s * (1f + x * (1f - s));
        }
    };

    /** x Phi(x). */
    static final Function GELU = new Function() {
        @Override
        public float value(float x) {
            return (float) (x * normalDistribution(x));
        }

        @Override
        public float derivative(float x) {
            double density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
            return (float) (normalDistribution(x) + x * density);
        }

        private double normalDistribution(double x) {
            return 0.5 * (1 + FloatMath.erf(x / Math.sqrt(2)));
        }
    };

    private final Function function;
    private INDArray input;

    PointwiseKernel(Function function) {
        super(List.of());
        this.function = function;
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        input = inputs[0];
        INDArray result = buffer("result", input.shape());
        FloatBuffer x = HostFloats.read(input);
        FloatBuffer y = HostFloats.write(result);
        Rows.forEach(x.capacity(), 1, (piece, first, count) -> {
            float[] values = Scratch.ofThread().array(0, count);
            x.get(first, values, 0, count);
            for (int i = 0; i < count; i++) {
                values[i] = function.value(values[i]);
            }
            y.put(first, values, 0, count);
        });
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray inputGradient = buffer("inputGradient", input.shape());
        FloatBuffer x = HostFloats.read(input);
        FloatBuffer dy = HostFloats.read(outputGradient);
        FloatBuffer dx = HostFloats.write(inputGradient);
        Rows.forEach(x.capacity(), 1, (piece, first, count) -> {
            float[] values = Scratch.ofThread().array(0, count);
            float[] gradient = Scratch.ofThread().array(1, count);
            x.get(first, values, 0, count);
            dy.get(first, gradient, 0, count);
            for (int i = 0; i < count; i++) {
                gradient[i] *= function.derivative(values[i]);
            }
            dx.put(first, gradient, 0, count);
        });
        return new INDArray[] {inputGradient};
    }
}
