package io.lensmill.diffusion;

import io.lensmill.neural.OpenMp;
import java.util.concurrent.ThreadFactory;

/**
 * Makes threads for jobs. OpenMP keeps the number of threads that it computes with per calling thread, so each job
 * thread sets it for itself; 0 leaves it to OMP_NUM_THREADS, or to the number of cores.
 */
final class ComputeThreads {

    private final int computingThreads;

    ComputeThreads(int computingThreads) {
        this.computingThreads = computingThreads;
    }

    ThreadFactory named(String name) {
        return work -> new Thread(
                () -> {
                    if (computingThreads > 0) {
                        OpenMp.useThreads(computingThreads);
                    }
                    work.run();
                },
                name);
    }
}
