package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.FullAttention;
import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link FullAttention}: P = softmax(Q Kᵀ / sqrt(headDim)), result = P V. Cost grows with the square of the pixels. */
final class FullAttentionKernel extends Kernel {

    private final FullAttention operation;
    private final Heads heads;
    private final float scale;
    private long[] inputShape;
    private INDArray queries;
    private INDArray keys;
    private INDArray values;
    private INDArray weights;

    FullAttentionKernel(FullAttention operation) {
        super(operation.parameters());
        this.operation = operation;
        this.heads = new Heads(operation.heads(), operation.headDim(), operation.memoryTokens(), false);
        this.scale = (float) (1 / Math.sqrt(operation.headDim()));
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        inputShape = inputs[0].shape();
        long n = inputShape[0];
        long tokens = inputShape[1] * inputShape[2];
        queries = buffer("queries", n, tokens, heads.hidden());
        keys = buffer("keys", n, tokens + heads.memoryTokens(), heads.hidden());
        values = buffer("values", keys.shape());
        weights = buffer("weights", n, operation.heads(), tokens, tokens + heads.memoryTokens());
        heads.split(inputs[0], parameter("mem_kv"), queries, keys, values);
        NativeOps.matmul(heads.perHead(queries), false, heads.perHead(keys), true, weights);
        softmaxOfScaled();
        INDArray result = buffer("result", n, inputShape[1], inputShape[2], heads.hidden());
        NativeOps.matmul(
                weights, false, heads.perHead(values), false, heads.perHead(result.reshape('c', queries.shape())));
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray dy = heads.perHead(outputGradient.reshape('c', queries.shape()));
        INDArray queryGradient = buffer("queryGradient", queries.shape());
        INDArray keyGradient = buffer("keyGradient", keys.shape());
        INDArray valueGradient = buffer("valueGradient", values.shape());
        INDArray weightGradient = buffer("weightGradient", weights.shape());
        NativeOps.matmul(weights, true, dy, false, heads.perHead(valueGradient));
        NativeOps.matmul(dy, false, heads.perHead(values), true, weightGradient);
        softmaxBackward(weightGradient);
        NativeOps.matmul(weightGradient, false, heads.perHead(keys), false, heads.perHead(queryGradient));
        NativeOps.matmul(weightGradient, true, heads.perHead(queries), false, heads.perHead(keyGradient));
        INDArray inputGradient = buffer("inputGradient", inputShape);
        heads.join(queryGradient, keyGradient, valueGradient, inputGradient, gradient("mem_kv"));
        return new INDArray[] {inputGradient};
    }

    private void softmaxOfScaled() {
        FloatBuffer w = HostFloats.write(weights);
        int width = (int) weights.size(3);
        Rows.forEach(w.capacity() / width, width, (piece, first, count) -> {
            float[] x = Scratch.ofThread().array(0, count * width);
            w.get(first * width, x, 0, count * width);
            for (int i = 0; i < count * width; i++) {
                x[i] *= scale;
            }
            Softmax.rows(x, count, width, 1f);
            w.put(first * width, x, 0, count * width);
        });
    }

    /** Turns the gradient by the weights into the gradient by the unscaled scores. */
    private void softmaxBackward(INDArray weightGradient) {
        FloatBuffer w = HostFloats.read(weights);
        FloatBuffer dw = HostFloats.write(weightGradient);
        int width = (int) weights.size(3);
        Rows.forEach(w.capacity() / width, width, (piece, first, count) -> {
            float[] y = Scratch.ofThread().array(0, count * width);
            float[] g = Scratch.ofThread().array(1, count * width);
            w.get(first * width, y, 0, count * width);
            dw.get(first * width, g, 0, count * width);
            for (int row = 0; row < count; row++) {
                Softmax.rowBackward(y, g, row * width, width, 1f);
            }
            for (int i = 0; i < count * width; i++) {
                g[i] *= scale;
            }
            dw.put(first * width, g, 0, count * width);
        });
    }
}
