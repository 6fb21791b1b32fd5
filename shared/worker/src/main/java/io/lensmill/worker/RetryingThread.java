package io.lensmill.worker;

import io.lensmill.jobs.Backoff;
import io.lensmill.jobs.WorkerStoppedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One thread that does one piece of work after the other, in the order in which they were given to it. What fails while
 * a service is away is tried again, with growing pauses, until it is done; nothing overtakes it. After a piece that was
 * given up for the worker's shutdown no other is done: an acknowledgement of later messages would cover earlier ones.
 */
public final class RetryingThread {

    private static final Logger LOG = Logger.getLogger(RetryingThread.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ExecutorService thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String trouble;

    /** @param thread of one thread; shut down with this object */
    public RetryingThread(ExecutorService thread) {
        this.thread = thread;
    }

    /** Something that may fail while a service is away, and may then be done again from the start. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException;
    }

    /**
     * @param what for the log: "Scoring 17 images"
     * @return completes with the result; never, when the worker shuts down before: then nothing is acknowledged and
     *     the work comes again after the restart
     */
    public <T> CompletionStage<T> handle(String what, Work<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            thread.execute(() -> untilDone(what, work, done));
        } catch (RejectedExecutionException e) {
            LOG.debugf("%s is left for after the restart", what);
        }
        return done;
    }

    /** What went wrong last, while it has not gone right since. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /**
     * Lets the piece at work end if it can end soon; the others are not begun.
     *
     * @param last done at the end, on the thread
     */
    public void stop(Duration patience, Runnable last) throws InterruptedException {
        stopped.countDown();
        thread.execute(last);
        thread.shutdown();
        if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("The work in hand did not end in time; it comes again after the restart");
        }
    }

    private <T> void untilDone(String what, Work<T> work, CompletableFuture<T> done) {
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        while (stopped.getCount() > 0) {
            try {
                T result = work.run();
                trouble = null;
                done.complete(result);
                return;
            } catch (WorkerStoppedException e) {
                stopped.countDown();
            } catch (IOException | RuntimeException | Error e) {
                trouble = what + ": " + e;
                Duration pause = backoff.next();
                LOG.errorf(e, "%s did not work; the next attempt follows in %d ms", what, pause.toMillis());
                rest(pause);
            }
        }
    }

    private void rest(Duration pause) {
        try {
            if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("No further attempt: the worker shuts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }
}
