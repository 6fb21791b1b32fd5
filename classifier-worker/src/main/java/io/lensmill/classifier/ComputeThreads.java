package io.lensmill.classifier;

import io.lensmill.classifier.scoring.Slices;
import io.lensmill.neural.Backend;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Makes the threads that networks run on. */
@Singleton
final class ComputeThreads {

    private final int threads;

    ComputeThreads(ClassifierConfig config) {
        this.threads = config.classifier().threads();
    }

    /** An executor of one thread, which begins when it is first needed. */
    ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(work -> thread(() -> run(work), name));
    }

    /** An executor of one thread that no network computes on. */
    ExecutorService plain(String name) {
        return Executors.newSingleThreadExecutor(work -> thread(work, name));
    }

    /** As many threads as networks compute with, for work on images beside the network. */
    Slices slices(String name) {
        int count = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        return new Slices(count, work -> thread(work, name));
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        // Avro looks generated classes up by the thread's loader, and a thread inherits that of whoever made it:
        // one of Vert.x's, which in tests is not the application's.
        thread.setContextClassLoader(ComputeThreads.class.getClassLoader());
        return thread;
    }

    /** OpenMP keeps the number of its threads per calling thread, so each one sets it for itself. */
    private void run(Runnable work) {
        if (threads > 0) {
            Backend.load();
            // The holder is empty until ND4J has chosen its backend, and failing once it fails for ever.
            Nd4j.getEnvironment();
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        }
        work.run();
    }
}
