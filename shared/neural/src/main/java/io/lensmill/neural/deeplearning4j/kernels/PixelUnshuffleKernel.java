package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** 2 x 2 neighbours into channels: result channel 4 c + 2 row + column. */
final class PixelUnshuffleKernel extends Kernel {

    private long[] inputShape;

    PixelUnshuffleKernel() {
        super(List.of());
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        inputShape = inputs[0].shape();
        if (inputShape[1] % 2 != 0 || inputShape[2] % 2 != 0) {
            throw new IllegalArgumentException("The image's height and width must be even to be halved; got "
                    + inputShape[1] + " x " + inputShape[2]);
        }
        INDArray result = buffer("result", inputShape[0], inputShape[1] / 2, inputShape[2] / 2, 4 * inputShape[3]);
        move(HostFloats.read(inputs[0]), HostFloats.write(result), true);
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray inputGradient = buffer("inputGradient", inputShape);
        move(HostFloats.write(inputGradient), HostFloats.read(outputGradient), false);
        return new INDArray[] {inputGradient};
    }

    /** Copies between the fine and the coarse form, row of coarse pixels by row. */
    private void move(FloatBuffer fine, FloatBuffer coarse, boolean toCoarse) {
        int channels = (int) inputShape[3];
        int width = (int) inputShape[2];
        int lineLength = 2 * width * channels;
        Rows.parallel((int) (inputShape[0] * inputShape[1] / 2), line -> {
            float[] two = Scratch.ofThread().array(0, lineLength);
            float[] folded = Scratch.ofThread().array(1, lineLength);
            (toCoarse ? fine : coarse).get(line * lineLength, toCoarse ? two : folded, 0, lineLength);
            for (int row = 0; row < 2; row++) {
                for (int x = 0; x < width; x++) {
                    int from = (row * width + x) * channels;
                    int to = (x / 2) * 4 * channels + 2 * row + x % 2;
                    for (int c = 0; c < channels; c++) {
                        if (toCoarse) {
                            folded[to + 4 * c] = two[from + c];
                        } else {
                            two[from + c] = folded[to + 4 * c];
                        }
                    }
                }
            }
            (toCoarse ? coarse : fine).put(line * lineLength, toCoarse ? folded : two, 0, lineLength);
        });
    }
}
