package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.LinearAttention;
import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link LinearAttention}: Q = softmax over headDim / sqrt(headDim), K = softmax over tokens, context = Kᵀ V, result =
 * Q context. Cost grows linearly with the number of pixels.
 */
final class LinearAttentionKernel extends Kernel {

    private final LinearAttention operation;
    private final Heads heads;
    private final float queryScale;
    private long[] inputShape;
    private INDArray queries;
    private INDArray keys;
    private INDArray values;
    private INDArray context;

    LinearAttentionKernel(LinearAttention operation) {
        super(operation.parameters());
        this.operation = operation;
        this.heads = new Heads(operation.heads(), operation.headDim(), operation.memoryTokens(), true);
        this.queryScale = (float) (1 / Math.sqrt(operation.headDim()));
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        inputShape = inputs[0].shape();
        long n = inputShape[0];
        long tokens = inputShape[1] * inputShape[2];
        queries = buffer("queries", n, tokens, heads.hidden());
        keys = buffer("keys", n, tokens + heads.memoryTokens(), heads.hidden());
        values = buffer("values", keys.shape());
        context = buffer("context", n, operation.heads(), operation.headDim(), operation.headDim());
        heads.split(inputs[0], parameter("mem_kv"), queries, keys, values);
        softmaxQueries();
        softmaxKeys();
        INDArray result = buffer("result", n, inputShape[1], inputShape[2], heads.hidden());
        NativeOps.matmul(heads.perHead(keys), true, heads.perHead(values), false, context);
        NativeOps.matmul(
                heads.perHead(queries), false, context, false, heads.perHead(result.reshape('c', queries.shape())));
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray dy = heads.perHead(outputGradient.reshape('c', queries.shape()));
        INDArray queryGradient = buffer("queryGradient", queries.shape());
        INDArray keyGradient = buffer("keyGradient", keys.shape());
        INDArray valueGradient = buffer("valueGradient", values.shape());
        INDArray contextGradient = buffer("contextGradient", context.shape());
        NativeOps.matmul(dy, false, context, true, heads.perHead(queryGradient));
        NativeOps.matmul(heads.perHead(queries), true, dy, false, contextGradient);
        NativeOps.matmul(heads.perHead(values), false, contextGradient, true, heads.perHead(keyGradient));
        NativeOps.matmul(heads.perHead(keys), false, contextGradient, false, heads.perHead(valueGradient));
        softmaxQueriesBackward(queryGradient);
        softmaxKeysBackward(keyGradient);
        INDArray inputGradient = buffer("inputGradient", inputShape);
        heads.join(queryGradient, keyGradient, valueGradient, inputGradient, gradient("mem_kv"));
        return new INDArray[] {inputGradient};
    }

    private void softmaxQueries() {
        FloatBuffer q = HostFloats.write(queries);
        int width = operation.headDim();
        Rows.forEach(q.capacity() / width, width, (piece, first, count) -> {
            float[] x = Scratch.ofThread().array(0, count * width);
            q.get(first * width, x, 0, count * width);
            Softmax.rows(x, count, width, queryScale);
            q.put(first * width, x, 0, count * width);
        });
    }

    private void softmaxQueriesBackward(INDArray queryGradient) {
        FloatBuffer q = HostFloats.read(queries);
        FloatBuffer dq = HostFloats.write(queryGradient);
        int width = operation.headDim();
        Rows.forEach(q.capacity() / width, width, (piece, first, count) -> {
            float[] y = Scratch.ofThread().array(0, count * width);
            float[] g = Scratch.ofThread().array(1, count * width);
            q.get(first * width, y, 0, count * width);
            dq.get(first * width, g, 0, count * width);
            for (int row = 0; row < count; row++) {
                Softmax.rowBackward(y, g, row * width, width, queryScale);
            }
            dq.put(first * width, g, 0, count * width);
        });
    }

    private void softmaxKeys() {
        FloatBuffer k = HostFloats.write(keys);
        int size = (int) (keys.size(1) * keys.size(2));
        Rows.parallel((int) keys.size(0), image -> {
            float[] x = Scratch.ofThread().array(0, size);
            k.get(image * size, x, 0, size);
            Softmax.columns(x, (int) keys.size(1), heads.hidden());
            k.put(image * size, x, 0, size);
        });
    }

    private void softmaxKeysBackward(INDArray keyGradient) {
        FloatBuffer k = HostFloats.read(keys);
        FloatBuffer dk = HostFloats.write(keyGradient);
        int size = (int) (keys.size(1) * keys.size(2));
        Rows.parallel((int) keys.size(0), image -> {
            float[] y = Scratch.ofThread().array(0, size);
            float[] g = Scratch.ofThread().array(1, size);
            k.get(image * size, y, 0, size);
            dk.get(image * size, g, 0, size);
            Softmax.columnsBackward(y, g, (int) keys.size(1), heads.hidden());
            dk.put(image * size, g, 0, size);
        });
    }
}
