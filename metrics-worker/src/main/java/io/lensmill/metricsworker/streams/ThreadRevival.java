package io.lensmill.metricsworker.streams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/**
 * A stream thread that died is replaced, and its transaction, which was rolled back, is done again. After the third
 * death in ten minutes the client stops instead, since then something is wrong that trying does not mend; the liveness
 * check goes down and whoever runs the worker decides.
 */
public final class ThreadRevival implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = Logger.getLogger(ThreadRevival.class);
    private static final int MOST_DEATHS = 3;
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Clock clock;
    private final Deque<Instant> deaths = new ArrayDeque<>();

    public ThreadRevival(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable death) {
        Instant now = clock.instant();
        deaths.addLast(now);
        while (deaths.getFirst().isBefore(now.minus(MEMORY))) {
            deaths.removeFirst();
        }
        if (deaths.size() >= MOST_DEATHS) {
            LOG.errorf(death, "A stream thread died, %d times in %s: the worker stops", deaths.size(), MEMORY);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.errorf(death, "A stream thread died and is replaced");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
