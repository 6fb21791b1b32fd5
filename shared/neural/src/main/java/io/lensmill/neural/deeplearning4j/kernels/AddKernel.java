package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.Add;
import io.lensmill.neural.host.FloatMath;
import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Add} with its optional ReLU. */
final class AddKernel extends Kernel {

    private final boolean relu;
    private INDArray result;

    AddKernel(Add operation) {
        super(List.of());
        this.relu = operation.relu();
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        result = buffer("result", inputs[0].shape());
        FloatBuffer a = HostFloats.read(inputs[0]);
        FloatBuffer b = HostFloats.read(inputs[1]);
        FloatBuffer y = HostFloats.write(result);
        float floor = relu ? 0f : Float.NEGATIVE_INFINITY;
        Rows.forEach(y.capacity(), 1, (piece, first, count) -> {
            float[] left = Scratch.ofThread().array(0, count);
            float[] right = Scratch.ofThread().array(1, count);
            a.get(first, left, 0, count);
            b.get(first, right, 0, count);
            for (int i = 0; i < count; i++) {
                left[i] = Math.max(floor, left[i] + right[i]);
            }
            y.put(first, left, 0, count);
        });
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray first = buffer("firstGradient", outputGradient.shape());
        INDArray second = buffer("secondGradient", outputGradient.shape());
        FloatBuffer dy = HostFloats.read(outputGradient);
        FloatBuffer y = HostFloats.read(result);
        FloatBuffer da = HostFloats.write(first);
        FloatBuffer db = HostFloats.write(second);
        Rows.forEach(dy.capacity(), 1, (piece, start, count) -> {
            float[] gradient = Scratch.ofThread().array(0, count);
            dy.get(start, gradient, 0, count);
            if (relu) {
                mask(gradient, y, start, count);
            }
            da.put(start, gradient, 0, count);
            db.put(start, gradient, 0, count);
        });
        return new INDArray[] {first, second};
    }

    private static void mask(float[] gradient, FloatBuffer y, int start, int count) {
        float[] output = Scratch.ofThread().array(1, count);
        y.get(start, output, 0, count);
        for (int i = 0; i < count; i++) {
            gradient[i] *= FloatMath.isPositive(output[i]);
        }
    }
}
