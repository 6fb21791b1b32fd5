package io.lensmill.jobs;

import io.lensmill.contracts.RefusedException;
import io.lensmill.storage.ObjectRefusedException;
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
     * @throws RefusedException as the attempt throws it, or for a store's answer about an object: those are answers,
     *     not hitches
     * @throws JobInterruptedException when the worker shuts down before an attempt has worked
     */
    <T> T until(String what, Attempt<T> attempt) throws RefusedException, JobInterruptedException {
        Pause pause = new Pause(shutdown);
        while (true) {
            try {
                return attempt.make();
            } catch (ObjectRefusedException e) {
                throw ObjectRefusals.of(e);
            } catch (IOException | UncheckedIOException e) {
                pause.after(what, e);
            }
        }
    }

    /** As {@link #until}, for what never refuses: whatever the store says of it, the work is not lost. */
    <T> T always(String what, JobContext.Attempt<T> attempt) throws JobInterruptedException {
        Pause pause = new Pause(shutdown);
        while (true) {
            try {
                return attempt.make();
            } catch (IOException | UncheckedIOException e) {
                pause.after(what, e);
            }
        }
    }

    /** Looks whether there is still a reason to wait. */
    @FunctionalInterface
    interface Watch {
        void look() throws JobCancelledException, JobInterruptedException;
    }

    /** The growing pauses of one undertaking: 0.2 s, doubling up to 30 s. */
    static final class Pause {

        private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

        private final CountDownLatch shutdown;
        private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

        Pause(CountDownLatch shutdown) {
            this.shutdown = shutdown;
        }

        /** @throws JobInterruptedException when the worker shuts down meanwhile */
        void after(String what, Exception failure) throws JobInterruptedException {
            rest(begin(what, failure));
        }

        /**
         * As {@link #after(String, Exception)}, looking around every second.
         *
         * @throws JobCancelledException as the watch throws it
         */
        void after(String what, Exception failure, Watch watch) throws JobCancelledException, JobInterruptedException {
            Duration left = begin(what, failure);
            watch.look();
            while (left.compareTo(BETWEEN_LOOKS) > 0) {
                rest(BETWEEN_LOOKS);
                watch.look();
                left = left.minus(BETWEEN_LOOKS);
            }
            rest(left);
        }

        private Duration begin(String what, Exception failure) {
            Duration pause = backoff.next();
            LOG.warnf("%s did not work (%s); again in %d ms", what, failure.getMessage(), pause.toMillis());
            LOG.debug(what, failure);
            return pause;
        }

        private void rest(Duration time) throws JobInterruptedException {
            try {
                if (shutdown.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new JobInterruptedException();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JobInterruptedException();
            }
        }
    }
}
