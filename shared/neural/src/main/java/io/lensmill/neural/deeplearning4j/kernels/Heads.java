package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Takes (q, k, v) of an attention apart and puts gradients together again. Queries are [n, tokens, heads * headDim];
 * keys and values have the memory tokens in front: [n, memoryTokens + tokens, heads * headDim].
 */
final class Heads {

    private final int heads;
    private final int headDim;
    private final int memoryTokens;
    /** True: memory is stored [heads, headDim, memoryTokens]; false: [heads, memoryTokens, headDim]. */
    private final boolean tokensLast;

    Heads(int heads, int headDim, int memoryTokens, boolean tokensLast) {
        this.heads = heads;
        this.headDim = headDim;
        this.memoryTokens = memoryTokens;
        this.tokensLast = tokensLast;
    }

    int hidden() {
        return heads * headDim;
    }

    int memoryTokens() {
        return memoryTokens;
    }

    /** [n, tokens, heads * headDim] seen as [n, heads, tokens, headDim], without copying. */
    INDArray perHead(INDArray array) {
        return array.reshape('c', array.size(0), array.size(1), heads, headDim).permute(0, 2, 1, 3);
    }

    /** Copies qkv [n, h, w, 3 * hidden] and the memory into queries, keys and values. */
    void split(INDArray qkv, INDArray memory, INDArray queries, INDArray keys, INDArray values) {
        int hidden = hidden();
        int tokens = (int) queries.size(1);
        FloatBuffer in = HostFloats.read(qkv);
        FloatBuffer q = HostFloats.write(queries);
        FloatBuffer k = HostFloats.write(keys);
        FloatBuffer v = HostFloats.write(values);
        float[] memoryRows = memoryRows(memory);
        Rows.parallel((int) queries.size(0), image -> {
            int withMemory = tokens + memoryTokens;
            k.put(image * withMemory * hidden, memoryRows, 0, memoryTokens * hidden);
            v.put(image * withMemory * hidden, memoryRows, memoryTokens * hidden, memoryTokens * hidden);
            float[] line = Scratch.ofThread().array(0, 3 * hidden);
            for (int token = 0; token < tokens; token++) {
                in.get((image * tokens + token) * 3 * hidden, line, 0, 3 * hidden);
                int target = (image * withMemory + memoryTokens + token) * hidden;
                q.put((image * tokens + token) * hidden, line, 0, hidden);
                k.put(target, line, hidden, hidden);
                v.put(target, line, 2 * hidden, hidden);
            }
        });
    }

    /** The reverse of {@link #split} for gradients; the memory's gradient is summed over the images. */
    void join(INDArray queries, INDArray keys, INDArray values, INDArray qkv, INDArray memoryGradient) {
        int hidden = hidden();
        int tokens = (int) queries.size(1);
        int withMemory = tokens + memoryTokens;
        FloatBuffer q = HostFloats.read(queries);
        FloatBuffer k = HostFloats.read(keys);
        FloatBuffer v = HostFloats.read(values);
        FloatBuffer out = HostFloats.write(qkv);
        Rows.parallel((int) queries.size(0), image -> {
            float[] line = Scratch.ofThread().array(0, 3 * hidden);
            for (int token = 0; token < tokens; token++) {
                int source = (image * withMemory + memoryTokens + token) * hidden;
                q.get((image * tokens + token) * hidden, line, 0, hidden);
                k.get(source, line, hidden, hidden);
                v.get(source, line, 2 * hidden, hidden);
                out.put((image * tokens + token) * 3 * hidden, line, 0, 3 * hidden);
            }
        });
        storeMemoryGradient(k, v, (int) queries.size(0), withMemory, memoryGradient);
    }

    private void storeMemoryGradient(FloatBuffer k, FloatBuffer v, int images, int withMemory, INDArray gradient) {
        int hidden = hidden();
        float[] sum = new float[2 * memoryTokens * hidden];
        for (int image = 0; image < images; image++) {
            int start = image * withMemory * hidden;
            for (int i = 0; i < memoryTokens * hidden; i++) {
                sum[i] += k.get(start + i);
                sum[memoryTokens * hidden + i] += v.get(start + i);
            }
        }
        FloatBuffer out = HostFloats.write(gradient);
        for (int i = 0; i < sum.length; i++) {
            out.put(stored(i), sum[i]);
        }
    }

    /** Memory as rows: [2, memoryTokens, heads * headDim]. */
    private float[] memoryRows(INDArray memory) {
        FloatBuffer in = HostFloats.read(memory);
        float[] rows = new float[2 * memoryTokens * hidden()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = in.get(stored(i));
        }
        return rows;
    }

    /** Where the i-th value of [2, memoryTokens, heads, headDim] stands in the stored parameter. */
    private int stored(int i) {
        int d = i % headDim;
        int head = i / headDim % heads;
        int token = i / hidden() % memoryTokens;
        int part = i / (hidden() * memoryTokens);
        int within = tokensLast ? d * memoryTokens + token : token * headDim + d;
        return (part * heads + head) * headDim * memoryTokens + within;
    }
}
