package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.SinusoidalEmbedding;
import io.lensmill.neural.host.HostFloats;
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
        INDArray result = buffer("result", inputs[0].length(), operation.channels());
        operation.embed(HostFloats.read(inputs[0]), HostFloats.write(result));
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        return new INDArray[] {null};
    }
}
