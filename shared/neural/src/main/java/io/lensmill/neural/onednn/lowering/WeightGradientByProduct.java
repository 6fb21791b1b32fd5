package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.Operation.Convolution;
import io.lensmill.neural.onednn.Arithmetic;
import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Recorder;
import io.lensmill.neural.onednn.Slot;
import org.bytedeco.dnnl.memory.data_type;

/**
 * The gradient of a convolution's weights as one matrix product: gradient of the result, transposed, times the matrix
 * whose row is the window of the input under one pixel of the result (Chellapilla et al. 2006, "unrolling"). On small
 * images it is two to three times as fast as oneDNN's own way, which works along the rows of an image.
 */
final class WeightGradientByProduct {

    /** From measurements of 3 x 3 kernels on 2², 4², 5², 10² pixels (RATIONALE.md). */
    private static final long LARGEST_BFLOAT16_PIXELS = 25;

    private static final long LARGEST_FLOAT32_PIXELS = 4;

    private final Convolution operation;
    private final Slot source;
    private final Slot resultGradient;
    private final long height;
    private final long width;

    /**
     * @param source the convolution's input [n, in, h, w], channels as neighbours
     * @param resultGradient gradient of its result, in the same number format and order
     */
    WeightGradientByProduct(Convolution operation, Slot source, Slot resultGradient) {
        this.operation = operation;
        this.source = source;
        this.resultGradient = resultGradient;
        this.height = resultGradient.size(2);
        this.width = resultGradient.size(3);
    }

    /** Whether this way is the faster one. */
    boolean pays() {
        long pixels = source.type() == data_type.bf16 ? LARGEST_BFLOAT16_PIXELS : LARGEST_FLOAT32_PIXELS;
        // oneDNN describes every stride-th pixel only where the image's side is a multiple of the stride.
        boolean wholeStrides = source.size(2) % operation.stride() == 0 && source.size(3) % operation.stride() == 0;
        return operation.kernel() > 1 && !operation.bias() && wholeStrides && height * width <= pixels;
    }

    /** @param target float32 [out, in, kernel, kernel], dense */
    void record(Recorder recorder, Slot target) {
        Arithmetic arithmetic = new Arithmetic(recorder);
        long rows = source.size(0) * height * width;
        Slot windows = windows(recorder, arithmetic, rows);
        Slot product = recorder.slot(Layout.dense(data_type.f32, operation.out(), windowSize()));
        Slot transposed = resultGradient.as(Layout.strided(
                resultGradient.type(), new long[] {operation.out(), rows}, new long[] {1, operation.out()}));
        arithmetic.multiplyMatrices("convolution backward weights", transposed, windows, product, 1);
        long kernel = operation.kernel();
        long in = operation.in();
        arithmetic.copy(
                product.as(Layout.strided(data_type.f32, new long[] {operation.out(), in, kernel, kernel}, new long[] {
                    windowSize(), 1, kernel * in, in
                })),
                target);
    }

    /** [rows, kernel * kernel * in]; what lies beyond the image's edge is never written and stays zero. */
    private Slot windows(Recorder recorder, Arithmetic arithmetic, long rows) {
        String geometry = "windows %s %d k%d s%d p%d %dx%d of %dx%d"
                .formatted(
                        source.type(),
                        operation.in(),
                        operation.kernel(),
                        operation.stride(),
                        operation.padding(),
                        height,
                        width,
                        source.size(2),
                        source.size(3));
        Slot windows = recorder.zeroed(geometry, Layout.dense(source.type(), rows, windowSize()));
        for (int y = 0; y < operation.kernel(); y++) {
            for (int x = 0; x < operation.kernel(); x++) {
                copyPixelsUnder(y, x, windows, arithmetic);
            }
        }
        return windows;
    }

    private void copyPixelsUnder(int kernelY, int kernelX, Slot windows, Arithmetic arithmetic) {
        long firstRow = firstInside(kernelY);
        long firstColumn = firstInside(kernelX);
        long rowCount = endInside(kernelY, source.size(2), height) - firstRow;
        long columnCount = endInside(kernelX, source.size(3), width) - firstColumn;
        if (rowCount <= 0 || columnCount <= 0) {
            return;
        }
        long in = operation.in();
        long stride = operation.stride();
        long sourceWidth = source.size(3);
        long[] dims = {source.size(0), rowCount, columnCount, in};
        long sourceY = firstRow * stride + kernelY - operation.padding();
        long sourceX = firstColumn * stride + kernelX - operation.padding();
        Slot from = source.view(
                Layout.strided(source.type(), dims, new long[] {
                    source.size(2) * sourceWidth * in, stride * sourceWidth * in, stride * in, 1
                }),
                (sourceY * sourceWidth + sourceX) * in * Views.bytes(source.type()));
        Slot to = windows.view(
                Layout.strided(source.type(), dims, new long[] {
                    height * width * windowSize(), width * windowSize(), windowSize(), 1
                }),
                ((firstRow * width + firstColumn) * windowSize() + (kernelY * operation.kernel() + kernelX) * in)
                        * Views.bytes(source.type()));
        arithmetic.copy(from, to);
    }

    /** The first pixel of the result whose window has its offset-th row, or column, inside the image. */
    private long firstInside(int offset) {
        return Math.max(0, -Math.floorDiv(offset - operation.padding(), operation.stride()));
    }

    /** The pixel of the result after the last such one. */
    private long endInside(int offset, long sourceSize, long resultSize) {
        return Math.min(
                resultSize,
                Math.floorDiv(sourceSize - 1 + operation.padding() - offset, (long) operation.stride()) + 1);
    }

    private long windowSize() {
        return (long) operation.kernel() * operation.kernel() * operation.in();
    }
}
