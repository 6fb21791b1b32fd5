package io.lensmill.classifier;

import jakarta.inject.Singleton;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many threads a network computes with. OpenMP keeps that number per calling thread, so each thread that runs a
 * network sets it for itself. 0 leaves it to OMP_NUM_THREADS, or to the number of cores.
 */
@Singleton
final class ComputeThreads {

    private final int threads;

    ComputeThreads(ClassifierConfig config) {
        this.threads = config.classifier().threads();
    }

    void limitThisThread() {
        if (threads > 0) {
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        }
    }
}
