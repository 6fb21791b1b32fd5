package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Mean over height and width. */
final class GlobalAveragePoolKernel extends Kernel {

    private long[] inputShape;

    GlobalAveragePoolKernel() {
        super(List.of());
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        inputShape = inputs[0].shape();
        INDArray result = buffer("result", inputShape[0], inputShape[3]);
        FloatBuffer x = HostFloats.read(inputs[0]);
        FloatBuffer y = HostFloats.write(result);
        int channels = (int) inputShape[3];
        int pixels = (int) (inputShape[1] * inputShape[2]);
        Rows.parallel((int) inputShape[0], image -> {
            float[] values = Scratch.ofThread().array(0, pixels * channels);
            x.get(image * pixels * channels, values, 0, pixels * channels);
            float[] sum = new float[channels];
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int c = 0; c < channels; c++) {
                    sum[c] += values[pixel * channels + c];
                }
            }
            for (int c = 0; c < channels; c++) {
                y.put(image * channels + c, sum[c] / pixels);
            }
        });
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray inputGradient = buffer("inputGradient", inputShape);
        FloatBuffer dy = HostFloats.read(outputGradient);
        FloatBuffer dx = HostFloats.write(inputGradient);
        int channels = (int) inputShape[3];
        int pixels = (int) (inputShape[1] * inputShape[2]);
        Rows.parallel((int) inputShape[0], image -> {
            float[] share = new float[channels];
            dy.get(image * channels, share);
            for (int c = 0; c < channels; c++) {
                share[c] /= pixels;
            }
            for (int pixel = 0; pixel < pixels; pixel++) {
                dx.put((image * pixels + pixel) * channels, share);
            }
        });
        return new INDArray[] {inputGradient};
    }
}
