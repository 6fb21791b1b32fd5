package io.lensmill.jobs;

import io.lensmill.contracts.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does what needs the object store or the broker again and again, with growing pauses, until it works or the worker
 * shuts down. A service that is down for a while must neither lose a job nor turn it into a failure.
 */
final class Retry {

    private static final Logger LOG = Logger.getLogger(Retry.class);

    private final CountDownLatch shutdown;

    Retry(CountDownLatch shutdown) {
        this.shutdown = shutdown;
    }

    /** Something that a service outside may hold up. */
    @FunctionalInterface
    interface Attempt<T> {
        T make() throws IOException, RefusedException;
    }

    /**
     * @param what for the log: "reading the job's record"
     * @throws RefusedException as the attempt throws it; that is an answer, not a hitch
     * @throws JobInterruptedException when the worker shuts down before an attempt has worked
     */
    <T> T until(String what, Attempt<T> attempt) throws RefusedException, JobInterruptedException {
        Pause pause = new Pause(shutdown);
        while (true) {
            try {
                return attempt.make();
            } catch (IOException | UncheckedIOException e) {
                pause.after(what, e);
            }
        }
    }

    /** As {@link #until}, for what never refuses. */
    <T> T always(String what, JobContext.Attempt<T> attempt) throws JobInterruptedException {
        try {
            return until(what, attempt::make);
        } catch (RefusedException e) {
            throw new IllegalStateException("An attempt that cannot refuse has refused", e);
        }
    }

    /** The growing pauses of one undertaking: 0.2 s, doubling up to 30 s. */
    static final class Pause {

        private final CountDownLatch shutdown;
        private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

        Pause(CountDownLatch shutdown) {
            this.shutdown = shutdown;
        }

        /** @throws JobInterruptedException when the worker shuts down meanwhile */
        void after(String what, Exception failure) throws JobInterruptedException {
            Duration pause = backoff.next();
            LOG.warnf("%s did not work (%s); again in %d ms", what, failure.getMessage(), pause.toMillis());
            LOG.debug(what, failure);
            try {
                if (shutdown.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new JobInterruptedException();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobInterruptedException();
            }
        }
    }
}
