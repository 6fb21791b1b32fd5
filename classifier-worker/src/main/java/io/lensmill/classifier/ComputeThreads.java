package io.lensmill.classifier;

import io.lensmill.classifier.scoring.Lanes;
import io.lensmill.neural.OpenMp;
import io.lensmill.neural.engine.EngineSettings;
import io.lensmill.neural.engine.Executors;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;

/** Makes the threads that networks run on, and those beside them. */
@Singleton
final class ComputeThreads {

    private static final Logger LOG = Logger.getLogger(ComputeThreads.class);

    /** Each lane has weights of its own: on machines of many cores a few lanes of some cores each must do. */
    private static final int MOST_LANES = 4;

    private final int threads;
    private final int lanes;

    ComputeThreads(ClassifierConfig config) {
        this.threads = config.classifier().threads() > 0 ? config.classifier().threads() : OpenMp.defaultThreads();
        this.lanes = config.classifier().lanes();
    }

    /** An executor of one thread, which begins when it is first needed; its networks compute on all threads. */
    ExecutorService single(String name) {
        return java.util.concurrent.Executors.newSingleThreadExecutor(work -> computing(work, name, threads));
    }

    /** An executor of one thread that no network computes on. */
    ExecutorService plain(String name) {
        return java.util.concurrent.Executors.newSingleThreadExecutor(work -> thread(work, name));
    }

    /** Lanes that share the threads, each with the same number of them. */
    Lanes lanes(String name) {
        int count = laneCount();
        int each = Math.max(1, threads / count);
        LOG.infof("Images are scored in %d lanes of %d threads", count, each);
        return new Lanes(count, work -> computing(work, name, each));
    }

    private int laneCount() {
        if (lanes > 0) {
            return lanes;
        }
        // ND4J's operations know one number of threads for all, and a GPU serves one network best.
        return Executors.choose(EngineSettings.fromEnvironment()) == EngineSettings.Executor.ONEDNN
                ? Math.min(MOST_LANES, threads)
                : 1;
    }

    private static Thread computing(Runnable work, String name, int threads) {
        return thread(
                () -> {
                    OpenMp.useThreads(threads);
                    work.run();
                },
                name);
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        // Avro looks generated classes up by the thread's loader, and a thread inherits that of whoever made it:
        // one of Vert.x's, which in tests is not the application's.
        thread.setContextClassLoader(ComputeThreads.class.getClassLoader());
        return thread;
    }
}
