package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.LinearAttention;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Lowering;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory.data_type;

/**
 * {@link LinearAttention}. With Q = softmax of the queries over their dimensions and K = softmax of the keys over the
 * tokens: context C = Kᵀ V, result = Q C / sqrt(headDim).
 *
 * <p>Derivative of K = softmax(k) over tokens t: dk = K (dK - Σₜ K dK). With dK = V dCᵀ the sum is Σₑ C dC, taken over
 * the small context instead of all tokens.
 */
final class LinearAttentionLowering implements Lowering {

    private final String name;
    private final LinearAttention operation;
    private final double scale;
    private Slot source;
    private Tokens tokens;
    private Slot queries;
    private Slot keys;
    private Slot values;
    private Slot context;

    LinearAttentionLowering(String name, LinearAttention operation) {
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
                true);
        Arithmetic arithmetic = new Arithmetic(recorder);
        Slot plainQueries = tokens.queries(source);
        queries = arithmetic.softmax(plainQueries.as(headRows(plainQueries)), 1).as(plainQueries.layout());
        keys = arithmetic.softmax(tokens.withMemory(source, 1), 1);
        values = tokens.withMemory(source, 2);
        context = recorder.slot(Layout.dense(
                source.type(), source.size(0), operation.heads(), operation.headDim(), operation.headDim()));
        arithmetic.multiplyMatrices("attention", tokens.byHeadTransposed(keys), tokens.byHead(values), context, 1);
        Slot result = tokens.result(source);
        arithmetic.multiplyMatrices(
                "attention", tokens.byHead(queries), context, tokens.byHead(Views.pixels(result)), scale);
        return result;
    }

    @Override
    public void backward(Recorder recorder, Slot resultGradient, GradientSink sink) {
        Arithmetic arithmetic = new Arithmetic(recorder);
        Slot gradient = Views.pixels(resultGradient);
        Slot sourceGradient = recorder.slot(source.layout());
        Slot contextGradient = recorder.slot(context.layout());
        arithmetic.multiplyMatrices(
                "attention backward",
                tokens.byHeadTransposed(queries),
                tokens.byHead(gradient),
                contextGradient,
                scale);

        Slot softQueries = tokens.slot(tokens.pixels());
        arithmetic.multiplyMatrices(
                "attention backward", tokens.byHead(gradient), transposed(context), tokens.byHead(softQueries), scale);
        Slot queryGradient = arithmetic
                .softmaxBackward(queries.as(headRows(queries)), softQueries.as(headRows(queries)), 1)
                .as(queries.layout());
        tokens.storeGradient(queryGradient, sourceGradient, 0);

        Slot softKeys = tokens.slot(tokens.count());
        arithmetic.multiplyMatrices(
                "attention backward", tokens.byHead(values), transposed(contextGradient), tokens.byHead(softKeys), 1);
        tokens.storeGradient(keyGradient(recorder, softKeys, contextGradient), sourceGradient, 1);

        Slot valueGradient = tokens.slot(tokens.count());
        arithmetic.multiplyMatrices(
                "attention backward", tokens.byHead(keys), contextGradient, tokens.byHead(valueGradient), 1);
        tokens.storeGradient(valueGradient, sourceGradient, 2);
        if (sink.wants(0)) {
            sink.give(0, sourceGradient);
        }
    }

    private Slot keyGradient(Recorder recorder, Slot softKeys, Slot contextGradient) {
        Arithmetic arithmetic = new Arithmetic(recorder);
        long n = source.size(0);
        long rows = operation.heads() * (long) operation.headDim();
        Slot product = arithmetic.binary("attention backward", algorithm.binary_mul, context, contextGradient);
        Slot weighted = recorder.slot(Layout.dense(data_type.f32, n, rows, 1));
        arithmetic.multiplyMatrices(
                "attention backward",
                product.as(Layout.dense(product.type(), n, rows, operation.headDim())),
                recorder.ones(Layout.dense(product.type(), n, operation.headDim(), 1)),
                weighted,
                1);
        Slot asImages = softKeys.as(Layout.images(softKeys.type(), n, rows, tokens.count(), 1));
        Slot shifted = arithmetic.binary(
                "attention backward",
                algorithm.binary_sub,
                asImages,
                weighted.as(Layout.images(data_type.f32, n, rows, 1, 1)));
        Slot keysAsImages = keys.as(asImages.layout());
        return arithmetic
                .binary("attention backward", algorithm.binary_mul, shifted, keysAsImages)
                .as(keys.layout());
    }

    /** [n, tokens, heads * headDim] as one row per head. */
    private org.bytedeco.dnnl.memory.desc headRows(Slot all) {
        return Layout.dense(all.type(), all.size(0) * all.size(1) * operation.heads(), operation.headDim());
    }

    private Slot transposed(Slot square) {
        long d = operation.headDim();
        long heads = operation.heads();
        return square.as(Layout.strided(
                square.type(), new long[] {square.size(0), heads, d, d}, new long[] {heads * d * d, d * d, 1, d}));
    }
}
