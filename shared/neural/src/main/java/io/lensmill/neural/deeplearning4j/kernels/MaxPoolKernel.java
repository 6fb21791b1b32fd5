package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.MaxPool;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link MaxPool} by the native operations. */
final class MaxPoolKernel extends Kernel {

    private final MaxPool operation;
    private final int[] arguments;
    private INDArray input;

    MaxPoolKernel(MaxPool operation) {
        super(List.of());
        this.operation = operation;
        this.arguments = NativeOps.poolingArguments(operation.kernel(), operation.stride(), operation.padding());
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        input = inputs[0];
        INDArray result = buffer("result", input.size(0), edge(input.size(1)), edge(input.size(2)), input.size(3));
        NativeOps.run("maxpool2d", new INDArray[] {input}, new INDArray[] {result}, arguments);
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray inputGradient = buffer("inputGradient", input.shape());
        NativeOps.run(
                "maxpool2d_bp", new INDArray[] {input, outputGradient}, new INDArray[] {inputGradient}, arguments);
        return new INDArray[] {inputGradient};
    }

    private long edge(long size) {
        return (size + 2L * operation.padding() - operation.kernel()) / operation.stride() + 1;
    }
}
