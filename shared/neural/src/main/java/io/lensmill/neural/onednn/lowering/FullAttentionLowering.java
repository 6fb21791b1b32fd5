package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.FullAttention;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;

/** {@link FullAttention}: P = softmax(Q Kᵀ / sqrt(headDim)), result = P V. */
final class FullAttentionLowering implements Lowering {

    private static final int TOKEN_AXIS = 3;

    private final String name;
    private final FullAttention operation;
    private final double scale;
    private Slot source;
    private Tokens tokens;
    private Slot queries;
    private Slot keys;
    private Slot values;
    private Slot weights;

    FullAttentionLowering(String name, FullAttention operation) {
        this.name = name;
        this.operation = operation;
        this.scale = 1 / Math.sqrt(operation.headDim());
    }

    @Override
    public Slot forward(Recorder recorder, List<Slot> inputs) {
        source = inputs.get(0);
        tokens = new Tokens(
                recorder,
                source,
                operation.heads(),
                operation.headDim(),
                operation.memoryTokens(),
                name + ".mem_kv",
                false);
        Arithmetic arithmetic = new Arithmetic(recorder);
        queries = tokens.queries(source);
        keys = tokens.withMemory(source, 1);
        values = tokens.withMemory(source, 2);
        Slot similarity = weightSlot(recorder);
        arithmetic.multiplyMatrices(
                "attention", tokens.byHead(queries), tokens.byHeadTransposed(keys), similarity, scale);
        weights = arithmetic.softmax(similarity, TOKEN_AXIS);
        Slot result = tokens.result(source);
        arithmetic.multiplyMatrices(
                "attention", weights, tokens.byHead(values), tokens.byHead(Views.pixels(result)), 1);
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        Arithmetic arithmetic = new Arithmetic(recorder);
        Slot gradient = Views.pixels(resultGradient);
        Slot sourceGradient = recorder.slot(source.layout());

        Slot valueGradient = tokens.slot(tokens.count());
        arithmetic.multiplyMatrices(
                "attention backward", transposed(weights), tokens.byHead(gradient), tokens.byHead(valueGradient), 1);
        tokens.storeGradient(valueGradient, sourceGradient, 2);

        Slot weightGradient = weightSlot(recorder);
        arithmetic.multiplyMatrices(
                "attention backward", tokens.byHead(gradient), tokens.byHeadTransposed(values), weightGradient, 1);
        Slot similarityGradient = arithmetic.softmaxBackward(weights, weightGradient, TOKEN_AXIS);

        Slot queryGradient = tokens.slot(tokens.pixels());
        arithmetic.multiplyMatrices(
                "attention backward", similarityGradient, tokens.byHead(keys), tokens.byHead(queryGradient), scale);
        tokens.storeGradient(queryGradient, sourceGradient, 0);

        Slot keyGradient = tokens.slot(tokens.count());
        arithmetic.multiplyMatrices(
                "attention backward",
                transposed(similarityGradient),
                tokens.byHead(queries),
                tokens.byHead(keyGradient),
                scale);
        tokens.storeGradient(keyGradient, sourceGradient, 1);
        if (sink.wants(0)) {
            sink.give(0, sourceGradient);
        }
    }

    private Slot weightSlot(Recorder recorder) {
        return recorder.slot(
                Layout.dense(source.type(), source.size(0), operation.heads(), tokens.pixels(), tokens.count()));
    }

    private Slot transposed(Slot matrices) {
        long rows = tokens.pixels();
        long columns = tokens.count();
        long heads = operation.heads();
        return matrices.as(
                Layout.strided(matrices.type(), new long[] {matrices.size(0), heads, columns, rows}, new long[] {
                    heads * rows * columns, rows * columns, 1, columns
                }));
    }
}
