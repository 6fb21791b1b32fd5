package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;

/**
 * What both attentions share: queries, keys and values of every pixel [n, pixels, heads * headDim], keys and values
 * with learned memory tokens before them, and looks at them head by head.
 */
final class Tokens {

    private final Recorder recorder;
    private final Arithmetic arithmetic;
    private final data_type type;
    private final long n;
    private final long pixels;
    private final long heads;
    private final long headDim;
    private final long memoryTokens;
    private final String memoryName;
    private final boolean memoryByChannel;

    /**
     * @param source [n, 3 * heads * headDim, h, w]: queries, keys, values
     * @param memoryByChannel whether the memory is [2, heads, headDim, tokens]; otherwise [2, heads, tokens, headDim]
     */
    Tokens(
            Recorder recorder,
            Slot source,
            int heads,
            int headDim,
            int memoryTokens,
            String memoryName,
            boolean memoryByChannel) {
        this.recorder = recorder;
        this.arithmetic = new Arithmetic(recorder);
        this.type = source.type();
        this.n = source.size(0);
        this.pixels = Views.pixelCount(source);
        this.heads = heads;
        this.headDim = headDim;
        this.memoryTokens = memoryTokens;
        this.memoryName = memoryName;
        this.memoryByChannel = memoryByChannel;
    }

    /** Memory tokens and pixels. */
    long count() {
        return memoryTokens + pixels;
    }

    long pixels() {
        return pixels;
    }

    /** A new array [n, tokens, heads * headDim]. */
    Slot slot(long tokens) {
        return recorder.slot(Layout.dense(type, n, tokens, width()));
    }

    /** A new array for the attention's result, [n, heads * headDim, h, w]. */
    Slot result(Slot source) {
        return recorder.slot(Layout.images(type, n, width(), source.size(2), source.size(3)));
    }

    /** The queries, dense. */
    Slot queries(Slot source) {
        Slot queries = slot(pixels);
        arithmetic.copy(part(source, 0), queries);
        return queries;
    }

    /** The keys (part 1) or values (part 2) of all pixels after those of the memory. */
    Slot withMemory(Slot source, int part) {
        Slot all = slot(count());
        arithmetic.copy(part(source, part), afterMemory(all));
        Slot memory = recorder.slot(Layout.dense(type, memoryTokens, heads, headDim));
        arithmetic.copy(memory(recorder.parameter(memoryName, memoryLayout()), part), memory);
        // The same memory for every image: a product of a column of ones with one row.
        arithmetic.multiplyMatrices(
                "memory tokens",
                recorder.ones(Layout.dense(type, n, 1)),
                memory.as(Layout.dense(type, 1, memoryTokens * width())),
                memoryRows(all),
                1);
        return all;
    }

    /** Stores the gradient of one part of the source, and of the memory for keys and values. */
    void storeGradient(Slot gradient, Slot sourceGradient, int part) {
        if (part == 0) {
            arithmetic.copy(gradient, part(sourceGradient, 0));
            return;
        }
        arithmetic.copy(afterMemory(gradient), part(sourceGradient, part));
        Slot memory = recorder.slot(Layout.dense(data_type.f32, memoryTokens, heads, headDim));
        arithmetic.multiplyMatrices(
                "memory tokens",
                recorder.ones(Layout.dense(type, 1, n)),
                memoryRows(gradient),
                memory.as(Layout.dense(data_type.f32, 1, memoryTokens * width())),
                1);
        arithmetic.copy(memory, memory(recorder.gradient(memoryName, memoryLayout()), part));
    }

    /** [n, tokens, width] as matrices [n, heads, tokens, headDim]. */
    Slot byHead(Slot all) {
        long tokens = all.size(1);
        return all.as(Layout.strided(
                type, new long[] {n, heads, tokens, headDim}, new long[] {tokens * width(), headDim, width(), 1}));
    }

    /** [n, tokens, width] as matrices [n, heads, headDim, tokens]. */
    Slot byHeadTransposed(Slot all) {
        long tokens = all.size(1);
        return all.as(Layout.strided(
                type, new long[] {n, heads, headDim, tokens}, new long[] {tokens * width(), headDim, 1, width()}));
    }

    private long width() {
        return heads * headDim;
    }

    private Slot part(Slot source, int part) {
        long[] dims = {n, pixels, width()};
        long[] strides = {pixels * 3 * width(), 3 * width(), 1};
        return source.view(Layout.strided(type, dims, strides), part * width() * Views.bytes(type));
    }

    private Slot afterMemory(Slot all) {
        long[] dims = {n, pixels, width()};
        long[] strides = {count() * width(), width(), 1};
        return all.view(Layout.strided(type, dims, strides), memoryTokens * width() * Views.bytes(type));
    }

    /** The memory tokens' part of [n, tokens, width] as a matrix [n, memoryTokens * width]. */
    private Slot memoryRows(Slot all) {
        return all.as(Layout.strided(type, new long[] {n, memoryTokens * width()}, new long[] {count() * width(), 1}));
    }

    /** Half of the memory as [tokens, heads, headDim]. */
    private memory.desc memoryLayout() {
        long[] dims = {memoryTokens, heads, headDim};
        long[] strides = memoryByChannel
                ? new long[] {1, headDim * memoryTokens, memoryTokens}
                : new long[] {headDim, memoryTokens * headDim, 1};
        return Layout.strided(data_type.f32, dims, strides);
    }

    /** The keys' (part 1) or the values' (part 2) half of the memory. */
    private Slot memory(Slot whole, int part) {
        return whole.view(memoryLayout(), (part - 1) * memoryTokens * width() * Float.BYTES);
    }
}
