package io.lensmill.neural.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;

/**
 * How arrays lie in memory, in oneDNN's words. Its logical order of an image batch is [n, channels, height, width];
 * here the channels of a pixel are always neighbours in memory.
 */
public final class Layout {

    private Layout() {}

    /** An image batch whose channels are neighbours ("NHWC"). */
    public static memory.desc images(data_type type, long n, long channels, long height, long width) {
        return new memory.desc(new long[] {n, channels, height, width}, type, format_tag.acdb);
    }

    public static memory.desc vector(data_type type, long length) {
        return new memory.desc(new long[] {length}, type, format_tag.a);
    }

    /** A row-major array. */
    public static memory.desc dense(data_type type, long... dims) {
        long[] strides = new long[dims.length];
        long stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= dims[i];
        }
        return strided(type, dims, strides);
    }

    /** An array with any distance between neighbours of each axis. */
    public static memory.desc strided(data_type type, long[] dims, long[] strides) {
        return new memory.desc(dims, type, strides);
    }

    /** An array whose layout the primitive may choose. */
    public static memory.desc chosen(data_type type, long... dims) {
        return new memory.desc(dims, type, format_tag.any);
    }
}
