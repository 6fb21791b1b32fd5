package io.lensmill.neural.host;

/** Heap arrays of one thread, for work on a piece: loops over heap arrays are what the JIT compiler vectorises. */
public final class Scratch {

    private static final int ARRAYS = 8;
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final float[][] arrays = new float[ARRAYS][0];

    public static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /** The i-th array, at least this long; its content is anything. */
    public float[] array(int i, int length) {
        if (arrays[i].length < length) {
            arrays[i] = new float[length];
        }
        return arrays[i];
    }
}
