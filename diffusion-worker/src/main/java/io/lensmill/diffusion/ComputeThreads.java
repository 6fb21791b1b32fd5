package io.lensmill.diffusion;

import io.lensmill.neural.OpenMp;
import io.lensmill.neural.engine.EngineSettings;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Makes threads for jobs and for networks. OpenMP keeps the number of native threads per calling thread, so each thread
 * that computes sets it for itself.
 */
final class ComputeThreads {

    private final int configured;
    private final int generationJobs;

    /**
     * @param configured threads that a network may compute with; 0: OMP_NUM_THREADS, or the number of cores
     * @param generationJobs generations that are at work at once
     */
    ComputeThreads(int configured, int generationJobs) {
        this.configured = configured;
        this.generationJobs = generationJobs;
    }

    /**
     * Networks of one model that compute side by side, each with one thread. One, with all threads, where an image's
     * result depends on what goes through the network with it: as it does with Deeplearning4j's graphs, in the last
     * bits.
     */
    int lanes() {
        return imagesAreIndependent() ? threads() : 1;
    }

    /** Native threads of this worker's networks together; a training's batch is cut into as many slices. */
    int threads() {
        return configured > 0 ? configured : OpenMp.defaultThreads();
    }

    /** The thread of a lane. */
    ThreadFactory forLanes() {
        return computing("network-lane", imagesAreIndependent() ? 1 : configured);
    }

    /** Whether an image comes out the same to the last bit whatever other images go through the network with it. */
    boolean imagesAreIndependent() {
        return io.lensmill.neural.engine.Executors.choose(EngineSettings.fromEnvironment())
                == EngineSettings.Executor.ONEDNN;
    }

    /**
     * Threads of trainings; a network that does not take its batch in slices computes on them, with all native threads.
     */
    ExecutorService forTrainings() {
        return Executors.newSingleThreadExecutor(computing("training", configured));
    }

    /** Threads of jobs that ask lanes. */
    ExecutorService forGenerations() {
        return Executors.newFixedThreadPool(generationJobs, work -> new Thread(work, "generation"));
    }

    private static ThreadFactory computing(String name, int threads) {
        return work -> new Thread(
                () -> {
                    if (threads > 0) {
                        OpenMp.useThreads(threads);
                    }
                    work.run();
                },
                name);
    }
}
