package io.lensmill.metricsworker;

import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The two threads that reports are made on, below the stream threads, which must keep polling while a large one is
 * made.
 */
@Singleton
final class ReportThreads {

    private final ExecutorService reports = background("reports");
    private final ExecutorService details = background("report-details");

    /** Makes reports, one at a time. */
    ExecutorService reports() {
        return reports;
    }

    /** Makes the numbers that take long, beside the reports. */
    ExecutorService details() {
        return details;
    }

    void stop() {
        reports.shutdownNow();
        details.shutdownNow();
    }

    @SuppressWarnings("ThreadPriorityCheck") // A hint to the system; what is right does not depend on it.
    private static ExecutorService background(String name) {
        return Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
    }
}
