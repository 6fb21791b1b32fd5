package io.lensmill.jobs;

import io.lensmill.contracts.JobEvent;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes one job's progress events to the broker, in order, on a thread of their own: the job never waits for it. Each
 * event has one attempt; what the broker does not take, or what comes while {@value #MOST_WAITING} of them wait, is
 * lost.
 */
final class ProgressEvents {

    static final int MOST_WAITING = 100;

    private static final Logger LOG = Logger.getLogger(ProgressEvents.class);
    private static final Duration LAST_EVENTS = Duration.ofSeconds(2);
    private static final Duration GIVING_UP = Duration.ofSeconds(1);

    private final JobEventPublisher events;
    private final ThreadPoolExecutor thread;

    ProgressEvents(String jobId, JobEventPublisher events) {
        this.events = events;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                work -> daemon(work, "progress-" + jobId));
    }

    /** Returns at once, whatever the broker does. */
    void offer(JobEvent event) {
        try {
            thread.execute(() -> publish(event));
        } catch (RejectedExecutionException e) {
            LOG.debugf("Job %s: the progress event of step %d is lost", event.getJobId(), event.getStep());
        }
    }

    /**
     * Lets those that wait go; after this none follows, so the job's end may be published. With a broker that does not
     * answer they are given up after two seconds.
     */
    void end() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_EVENTS.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
                thread.awaitTermination(GIVING_UP.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Gives up those that wait. */
    void discard() {
        thread.shutdownNow();
    }

    private void publish(JobEvent event) {
        try {
            events.publish(event);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "Job %s: a progress event could not be published (%s); the job goes on",
                    event.getJobId(), e.getMessage());
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
