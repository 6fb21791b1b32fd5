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
final class Patience {

    private static final Logger LOG = Logger.getLogger(Patience.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final CountDownLatch shutdown;

    Patience(CountDownLatch shutdown) {
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
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return attempt.make();
            } catch (IOException | UncheckedIOException e) {
                LOG.warnf(
                        "%s did not work (%s); the next attempt follows in %d ms",
                        what, e.getMessage(), pause.toMillis());
                LOG.debug(what, e);
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private void rest(Duration pause) throws JobInterruptedException {
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
