package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Each pixel repeated in a 2 x 2 square. */
final class UpsampleNearestKernel extends Kernel {

    private long[] inputShape;

    UpsampleNearestKernel() {
        super(List.of());
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        inputShape = inputs[0].shape();
        INDArray result = buffer("result", inputShape[0], 2 * inputShape[1], 2 * inputShape[2], inputShape[3]);
        FloatBuffer x = HostFloats.read(inputs[0]);
        FloatBuffer y = HostFloats.write(result);
        int channels = (int) inputShape[3];
        int width = (int) inputShape[2];
        int length = width * channels;
        Rows.parallel((int) (inputShape[0] * inputShape[1]), line -> {
            float[] narrow = Scratch.ofThread().array(0, length);
            float[] wide = Scratch.ofThread().array(1, 2 * length);
            x.get(line * length, narrow, 0, length);
            for (int pixel = 0; pixel < width; pixel++) {
                System.arraycopy(narrow, pixel * channels, wide, 2 * pixel * channels, channels);
                System.arraycopy(narrow, pixel * channels, wide, (2 * pixel + 1) * channels, channels);
            }
            y.put(4 * line * length, wide, 0, 2 * length);
            y.put((4 * line + 2) * length, wide, 0, 2 * length);
        });
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray inputGradient = buffer("inputGradient", inputShape);
        FloatBuffer dy = HostFloats.read(outputGradient);
        FloatBuffer dx = HostFloats.write(inputGradient);
        int channels = (int) inputShape[3];
        int length = (int) inputShape[2] * channels;
        Rows.parallel((int) (inputShape[0] * inputShape[1]), line -> {
            float[] sum = Scratch.ofThread().array(0, length);
            float[] two = Scratch.ofThread().array(1, 4 * length);
            dy.get(4 * line * length, two, 0, 4 * length);
            for (int i = 0; i < length; i++) {
                int from = 2 * (i / channels) * channels + i % channels;
                int below = from + 2 * length;
                sum[i] = two[from] + two[from + channels] + two[below] + two[below + channels];
            }
            dx.put(line * length, sum, 0, length);
        });
        return new INDArray[] {inputGradient};
    }
}
