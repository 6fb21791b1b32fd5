package io.lensmill.neural;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The native threads that networks compute with. */
public final class OpenMp {

    private OpenMp() {}

    /** As many as the environment variable {@code OMP_NUM_THREADS} says, otherwise one per core. */
    public static int defaultThreads() {
        String chosen = System.getenv("OMP_NUM_THREADS");
        int cores = Runtime.getRuntime().availableProcessors();
        // OpenMP takes a list, one number for each level of nesting; networks use the first level only.
        return chosen == null || !chosen.matches("[1-9]\\d{0,3}(,.*)?")
                ? cores
                : Integer.parseInt(chosen.split(",", 2)[0]);
    }

    /**
     * Has the networks that the calling Java thread runs from now on compute with so many native threads: OpenMP keeps
     * that number for each of its callers. What a network has compiled before keeps the number of its compilation.
     *
     * @param threads at least 1
     */
    public static void useThreads(int threads) {
        Backend.load();
        // The holder is empty until ND4J has chosen its backend, and failing once it fails for ever.
        Nd4j.getEnvironment();
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    }
}
