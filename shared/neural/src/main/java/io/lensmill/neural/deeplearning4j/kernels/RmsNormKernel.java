package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.RmsNorm;
import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link RmsNorm}: with s = sqrt(c) / |x|, y = s x g; backward dx = s (u - x (x·u) / |x|²) for u = dy g. */
final class RmsNormKernel extends Kernel {

    private static final float SMALLEST_NORM = 1e-12f;

    private final int channels;
    private final float rootOfChannels;
    private INDArray input;

    RmsNormKernel(RmsNorm operation) {
        super(operation.parameters());
        this.channels = operation.channels();
        this.rootOfChannels = (float) Math.sqrt(channels);
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        input = inputs[0];
        INDArray result = buffer("result", input.shape());
        FloatBuffer x = HostFloats.read(input);
        FloatBuffer y = HostFloats.write(result);
        float[] gain = gain();
        Rows.forEach(rows(), channels, (piece, first, count) -> {
            float[] values = Scratch.ofThread().array(0, count * channels);
            x.get(first * channels, values, 0, count * channels);
            for (int row = 0; row < count; row++) {
                int start = row * channels;
                float scale = rootOfChannels / norm(values, start);
                for (int c = 0; c < channels; c++) {
                    values[start + c] *= scale * gain[c];
                }
            }
            y.put(first * channels, values, 0, count * channels);
        });
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray inputGradient = buffer("inputGradient", input.shape());
        FloatBuffer x = HostFloats.read(input);
        FloatBuffer dy = HostFloats.read(outputGradient);
        FloatBuffer dx = HostFloats.write(inputGradient);
        float[] gain = gain();
        double[][] gainGradients = new double[Rows.pieces(rows(), channels)][];
        Rows.forEach(rows(), channels, (piece, first, count) -> {
            float[] values = Scratch.ofThread().array(0, count * channels);
            float[] gradient = Scratch.ofThread().array(1, count * channels);
            x.get(first * channels, values, 0, count * channels);
            dy.get(first * channels, gradient, 0, count * channels);
            float[] gainGradient = new float[channels];
            for (int row = 0; row < count; row++) {
                backwardRow(values, gradient, row * channels, gain, gainGradient);
            }
            gainGradients[piece] = ColumnSums.widen(gainGradient);
            dx.put(first * channels, gradient, 0, count * channels);
        });
        ColumnSums.store(gradient("g"), gainGradients);
        return new INDArray[] {inputGradient};
    }

    private void backwardRow(float[] x, float[] gradient, int start, float[] gain, float[] gainGradient) {
        float norm = norm(x, start);
        float scale = rootOfChannels / norm;
        float projection = 0;
        for (int c = 0; c < channels; c++) {
            float scaled = gradient[start + c] * x[start + c];
            gainGradient[c] += scaled * scale;
            projection += scaled * gain[c];
        }
        float along = projection / (norm * norm);
        for (int c = 0; c < channels; c++) {
            gradient[start + c] = scale * (gradient[start + c] * gain[c] - x[start + c] * along);
        }
    }

    private float norm(float[] values, int start) {
        float square = 0;
        for (int c = 0; c < channels; c++) {
            square += values[start + c] * values[start + c];
        }
        return Math.max(SMALLEST_NORM, (float) Math.sqrt(square));
    }

    private float[] gain() {
        float[] gain = new float[channels];
        HostFloats.read(parameter("g")).get(0, gain);
        return gain;
    }

    private int rows() {
        return (int) (input.length() / channels);
    }
}
