package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.SinusoidalEmbedding;
import io.lensmill.neural.host.HostFloats;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Time [n] (or [n, 1]) to [n, channels]: the sines of all frequencies, then the cosines. Has no gradient. */
final class SinusoidalEmbeddingKernel extends Kernel {

    private final SinusoidalEmbedding operation;

    SinusoidalEmbeddingKernel(SinusoidalEmbedding operation) {
        super(List.of());
        this.operation = operation;
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        int n = (int) inputs[0].length();
        int channels = operation.channels();
        int half = channels / 2;
        INDArray result = buffer("result", n, channels);
        FloatBuffer time = HostFloats.read(inputs[0]);
        FloatBuffer out = HostFloats.write(result);
        double logStep = Math.log(operation.longestPeriod()) / (half - 1);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < half; k++) {
                double angle = time.get(i) * Math.exp(-logStep * k);
                out.put(i * channels + k, (float) Math.sin(angle));
                out.put(i * channels + half + k, (float) Math.cos(angle));
            }
        }
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        return new INDArray[] {null};
    }
}
