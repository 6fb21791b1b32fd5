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

    /** The function and its derivative, over whole arrays: a call per value would not be vectorised. */
    interface Function {
        /** x[i] becomes f(x[i]) for i below count. */
        void apply(float[] x, int count);

        /** gradient[i] is multiplied by f'(x[i]) for i below count. */
        void chain(float[] x, float[] gradient, int count);
    }

    /** x sigmoid(x). */
    static final Function SILU = new Function() {
        @Override
        public void apply(float[] x, int count) {
            for (int i = 0; i < count; i++) {
                x[i] *= FloatMath.sigmoid(x[i]);
            }
        }

        @Override
        public void chain(float[] x, float[] gradient, int count) {
            // Two loops: one of this length would not be vectorised.
            float[] s = Scratch.ofThread().array(2, count);
            for (int i = 0; i < count; i++) {
                s[i] = FloatMath.sigmoid(x[i]);
            }
            for (int i = 0; i < count; i++) {
                gradient[i] *= s[i] * (1f + x[i] * (1f - s[i]));
            }
        }
    };

    /** x Phi(x). */
    static final Function GELU = new Function() {
        @Override
        public void apply(float[] x, int count) {
            for (int i = 0; i < count; i++) {
                x[i] *= (float) normalDistribution(x[i]);
            }
        }

        @Override
        public void chain(float[] x, float[] gradient, int count) {
            for (int i = 0; i < count; i++) {
                double density = Math.exp(-0.5 * x[i] * x[i]) / Math.sqrt(2 * Math.PI);
                gradient[i] *= (float) (normalDistribution(x[i]) + x[i] * density);
            }
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
            function.apply(values, count);
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
            function.chain(values, gradient, count);
            dx.put(first, gradient, 0, count);
        });
        return new INDArray[] {inputGradient};
    }
}
