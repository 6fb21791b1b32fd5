package io.lensmill.neural.onednn.lowering;

import io.lensmill.neural.onednn.Layout;
import io.lensmill.neural.onednn.Slot;
import org.bytedeco.dnnl.memory.data_type;

/** Other looks at image batches, whose channels are neighbours in memory. */
final class Views {

    private Views() {}

    /** [n, c, h, w] as [n, h w, c]. */
    static Slot pixels(Slot images) {
        return images.as(Layout.dense(images.type(), images.size(0), pixelCount(images), images.size(1)));
    }

    /** [n, c, h, w] as [n h w, c]. */
    static Slot rows(Slot images) {
        return images.as(Layout.dense(images.type(), images.size(0) * pixelCount(images), images.size(1)));
    }

    /** Pixels of one image. */
    static long pixelCount(Slot images) {
        return images.size(2) * images.size(3);
    }

    /** [n, c] as images of one pixel, to be spread over every pixel of others. */
    static Slot onePixel(Slot vectors) {
        return vectors.as(Layout.images(vectors.type(), vectors.size(0), vectors.size(1), 1, 1));
    }

    /** Some neighbouring columns of a dense matrix. */
    static Slot columns(Slot matrix, long first, long count) {
        long[] dims = {matrix.size(0), count};
        long[] strides = {matrix.size(1), 1};
        return matrix.view(Layout.strided(matrix.type(), dims, strides), first * bytes(matrix.type()));
    }

    /** Some neighbouring channels of an image batch. */
    static Slot channels(Slot images, long first, long count) {
        long all = images.size(1);
        long height = images.size(2);
        long width = images.size(3);
        long[] dims = {images.size(0), count, height, width};
        long[] strides = {height * width * all, 1, width * all, all};
        return images.view(Layout.strided(images.type(), dims, strides), first * bytes(images.type()));
    }

    static long bytes(data_type type) {
        return type == data_type.bf16 ? Short.BYTES : Float.BYTES;
    }
}
