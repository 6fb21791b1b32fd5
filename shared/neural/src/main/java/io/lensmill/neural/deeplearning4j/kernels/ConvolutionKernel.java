package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.Convolution;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Convolution} by the native conv2d operations, which run on oneDNN where the backend has it. */
final class ConvolutionKernel extends Kernel {

    private final Convolution operation;
    private final int[] arguments;
    private INDArray input;

    ConvolutionKernel(Convolution operation) {
        super(operation.parameters());
        this.operation = operation;
        this.arguments = NativeOps.convolutionArguments(operation.kernel(), operation.stride(), operation.padding());
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        input = inputs[0];
        INDArray result = buffer("result", input.size(0), edge(input.size(1)), edge(input.size(2)), operation.out());
        NativeOps.run("conv2d", withBias(input, parameter("weight")), new INDArray[] {result}, arguments);
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray inputGradient = buffer("inputGradient", input.shape());
        if (operation.kernel() == 1 && operation.stride() == 1) {
            backwardAsProducts(outputGradient, inputGradient);
        } else {
            INDArray[] outputs = operation.bias()
                    ? new INDArray[] {inputGradient, gradient("weight"), gradient("bias")}
                    : new INDArray[] {inputGradient, gradient("weight")};
            INDArray[] inputs = operation.bias()
                    ? new INDArray[] {input, parameter("weight"), parameter("bias"), outputGradient}
                    : new INDArray[] {input, parameter("weight"), outputGradient};
            NativeOps.run("conv2d_bp", inputs, outputs, arguments);
        }
        return new INDArray[] {inputGradient};
    }

    /** A 1x1 convolution is a matrix product over pixels; as such its backward pass is faster than conv2d_bp. */
    private void backwardAsProducts(INDArray outputGradient, INDArray inputGradient) {
        long pixels = input.length() / operation.in();
        INDArray dy = outputGradient.reshape('c', pixels, operation.out());
        INDArray weight = parameter("weight").reshape('c', operation.out(), operation.in());
        NativeOps.matmul(dy, false, weight, false, inputGradient.reshape('c', pixels, operation.in()));
        INDArray weightGradient = gradient("weight").reshape('c', operation.out(), operation.in());
        NativeOps.matmul(dy, true, input.reshape('c', pixels, operation.in()), false, weightGradient);
        if (operation.bias()) {
            ColumnSums.into(gradient("bias"), outputGradient);
        }
    }

    private INDArray[] withBias(INDArray x, INDArray weight) {
        return operation.bias() ? new INDArray[] {x, weight, parameter("bias")} : new INDArray[] {x, weight};
    }

    private long edge(long size) {
        return (size + 2L * operation.padding() - operation.kernel()) / operation.stride() + 1;
    }
}
