package io.lensmill.classifier;

import io.lensmill.classifier.scoring.ModelShelf;
import io.lensmill.classifier.scoring.WorkerStoppedException;
import jakarta.inject.Singleton;
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
 * The one thread that owns the models in memory; a network serves one thread. Images and samples take their turns here.
 * While the object store or the broker is away, the work in hand is tried again with growing pauses; Kafka's consumer
 * meanwhile holds back (its queue is full) and stays in its group.
 */
@Singleton
final class ScoringThread {

    private static final Logger LOG = Logger.getLogger(ScoringThread.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final ModelShelf shelf;
    private final ExecutorService thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String trouble;

    ScoringThread(ModelShelf shelf, ComputeThreads computeThreads) {
        this.shelf = shelf;
        this.thread = computeThreads.single("scoring");
    }

    /** Something that may fail while a service is away, and may then be done again from the start. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /**
     * @param what for the log: "Scoring 17 images"
     * @return completes when the work is done; never, when the worker shuts down before: then nothing is acknowledged
     *     and the work comes again after the restart
     */
    CompletionStage<Void> handle(String what, Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                if (untilDone(what, work)) {
                    done.complete(null);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debugf("%s is left for after the restart", what);
        }
        return done;
    }

    /** What went wrong last, while it has not gone right since. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Lets the work in hand end if it can end soon, and frees the models. */
    void stop(Duration patience) throws InterruptedException {
        stopped.countDown();
        thread.execute(shelf::close);
        thread.shutdown();
        if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("Scoring did not stop in time; the images in hand come again after the restart");
        }
    }

    private boolean untilDone(String what, Work work) {
        Duration pause = FIRST_PAUSE;
        while (stopped.getCount() > 0) {
            try {
                work.run();
                trouble = null;
                return true;
            } catch (WorkerStoppedException e) {
                return false;
            } catch (IOException | RuntimeException | Error e) {
                trouble = what + ": " + e;
                LOG.errorf(e, "%s did not work; the next attempt follows in %d ms", what, pause.toMillis());
                rest(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
        return false;
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
