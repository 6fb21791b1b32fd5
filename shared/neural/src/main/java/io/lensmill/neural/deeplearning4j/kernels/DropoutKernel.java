package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.DropoutMask;
import io.lensmill.neural.Operation.Dropout;
import io.lensmill.neural.host.HostFloats;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Dropout} with a mask that follows from the step's seed alone. */
final class DropoutKernel extends Kernel {

    private final double rate;
    private float[] mask = new float[0];

    DropoutKernel(Dropout operation) {
        super(List.of());
        this.rate = operation.rate();
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        if (!training) {
            return inputs[0];
        }
        drawMask((int) inputs[0].length());
        return masked(inputs[0], buffer("result", inputs[0].shape()));
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        return new INDArray[] {masked(outputGradient, buffer("inputGradient", outputGradient.shape()))};
    }

    private void drawMask(int length) {
        mask = DropoutMask.draw(rate, length, stepSeed(), position());
    }

    private INDArray masked(INDArray values, INDArray result) {
        FloatBuffer in = HostFloats.read(values);
        FloatBuffer out = HostFloats.write(result);
        for (int i = 0; i < mask.length; i++) {
            out.put(i, in.get(i) * mask[i]);
        }
        return result;
    }
}
