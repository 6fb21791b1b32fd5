package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.Dense;
import io.lensmill.neural.host.HostFloats;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Dense} as matrix products. */
final class DenseKernel extends Kernel {

    private final Dense operation;
    private INDArray input;

    DenseKernel(Dense operation) {
        super(operation.parameters());
        this.operation = operation;
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        input = inputs[0];
        INDArray result = buffer("result", input.size(0), operation.out());
        NativeOps.matmul(input, false, parameter("weight"), true, result);
        if (operation.bias()) {
            addBias(result);
        }
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray inputGradient = buffer("inputGradient", input.shape());
        NativeOps.matmul(outputGradient, false, parameter("weight"), false, inputGradient);
        NativeOps.matmul(outputGradient, true, input, false, gradient("weight"));
        if (operation.bias()) {
            ColumnSums.into(gradient("bias"), outputGradient);
        }
        return new INDArray[] {inputGradient};
    }

    private void addBias(INDArray result) {
        FloatBuffer out = HostFloats.write(result);
        FloatBuffer bias = HostFloats.read(parameter("bias"));
        int width = operation.out();
        for (int i = 0; i < out.capacity(); i++) {
            out.put(i, out.get(i) + bias.get(i % width));
        }
    }
}
