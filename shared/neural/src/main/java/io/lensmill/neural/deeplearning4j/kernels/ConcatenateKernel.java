package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Joins and parts the channels of two images. */
final class ConcatenateKernel extends Kernel {

    private long[] firstShape;
    private long[] secondShape;

    ConcatenateKernel() {
        super(List.of());
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        firstShape = inputs[0].shape();
        secondShape = inputs[1].shape();
        INDArray result = buffer("result", firstShape[0], firstShape[1], firstShape[2], firstShape[3] + secondShape[3]);
        move(HostFloats.read(inputs[0]), HostFloats.read(inputs[1]), HostFloats.write(result), true);
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray first = buffer("firstGradient", firstShape);
        INDArray second = buffer("secondGradient", secondShape);
        move(HostFloats.write(first), HostFloats.write(second), HostFloats.read(outputGradient), false);
        return new INDArray[] {first, second};
    }

    private void move(FloatBuffer first, FloatBuffer second, FloatBuffer joined, boolean join) {
        int a = (int) firstShape[3];
        int b = (int) secondShape[3];
        int pixels = (int) (firstShape[0] * firstShape[1] * firstShape[2]);
        Rows.forEach(pixels, a + b, (piece, start, count) -> {
            Scratch scratch = Scratch.ofThread();
            float[] both = scratch.array(0, count * (a + b));
            float[] left = scratch.array(1, count * a);
            float[] right = scratch.array(2, count * b);
            if (join) {
                first.get(start * a, left, 0, count * a);
                second.get(start * b, right, 0, count * b);
            } else {
                joined.get(start * (a + b), both, 0, count * (a + b));
            }
            for (int pixel = 0; pixel < count; pixel++) {
                copy(left, pixel * a, both, pixel * (a + b), a, join);
                copy(right, pixel * b, both, pixel * (a + b) + a, b, join);
            }
            if (join) {
                joined.put(start * (a + b), both, 0, count * (a + b));
            } else {
                first.put(start * a, left, 0, count * a);
                second.put(start * b, right, 0, count * b);
            }
        });
    }

    private static void copy(float[] part, int partStart, float[] both, int bothStart, int length, boolean join) {
        if (join) {
            System.arraycopy(part, partStart, both, bothStart, length);
        } else {
            System.arraycopy(both, bothStart, part, partStart, length);
        }
    }
}
