package io.lensmill.neural.deeplearning4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** The native operations that carry the heavy arithmetic, always with outputs given, so that none is allocated. */
final class NativeOps {

    private static final int NHWC = 1;
    /** Weights as [out, in, kH, kW], PyTorch's layout. */
    private static final int WEIGHTS_OUT_IN_H_W = 1;

    private NativeOps() {}

    static void run(String name, INDArray[] inputs, INDArray[] outputs, int... integers) {
        Nd4j.exec(DynamicCustomOp.builder(name)
                .addInputs(inputs)
                .addOutputs(outputs)
                .addIntegerArguments(integers)
                .build());
    }

    /** result = op(a) op(b), batched over leading axes; transposition swaps the last two axes. */
    static void matmul(INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray result) {
        run("matmul", new INDArray[] {a, b}, new INDArray[] {result}, transposeA ? 1 : 0, transposeB ? 1 : 0);
    }

    static int[] convolutionArguments(int kernel, int stride, int padding) {
        return new int[] {kernel, kernel, stride, stride, padding, padding, 1, 1, 0, NHWC, WEIGHTS_OUT_IN_H_W};
    }

    static int[] poolingArguments(int kernel, int stride, int padding) {
        return new int[] {kernel, kernel, stride, stride, padding, padding, 1, 1, 0, 0, NHWC};
    }
}
