package io.lensmill.storage;

import java.time.Duration;

/**
 * How long a store is asked before a call ends. None of these is the end of the work that needs the store: callers try
 * again.
 *
 * @param busy a request that is not answered, or turned away by a busy store, is sent again for this long; 0 for one
 *     attempt only
 * @param attempt longest time of one attempt at a request, beside the time that its bytes may take; above 0
 * @param slowestBytesPerSecond slowest rate at which bytes may come and go, in the mean of an attempt; above 0
 * @param doubt an answer that speaks against an object is asked for again for this long before it is believed
 */
public record StorePatience(Duration busy, Duration attempt, long slowestBytesPerSecond, Duration doubt) {

    /**
     * For workers and commands. Twenty attempts in 15 seconds come through a store that turns away every second
     * request; at 16 KiB/s, 32 MiB have 34 minutes, and 85 MiB an hour and a half.
     */
    public static final StorePatience DEFAULT =
            new StorePatience(Duration.ofSeconds(15), Duration.ofMinutes(2), 16 * 1024, Duration.ofMillis(2_500));

    /** For what somebody waits for in front of a screen. */
    public static final StorePatience SHORT =
            new StorePatience(Duration.ZERO, Duration.ofSeconds(10), 64 * 1024, Duration.ZERO);

    /** @throws IllegalArgumentException when a value is out of its range */
    public StorePatience {
        if (busy.isNegative() || doubt.isNegative()) {
            throw new IllegalArgumentException("busy and doubt must be 0 or more; got " + busy + " and " + doubt);
        }
        if (attempt.isNegative() || attempt.isZero() || slowestBytesPerSecond <= 0) {
            throw new IllegalArgumentException("attempt and slowestBytesPerSecond must be above 0; got " + attempt
                    + " and " + slowestBytesPerSecond);
        }
    }

    /** Longest time of an attempt that moves so many bytes. */
    Duration attemptOf(long bytes) {
        return attempt.plusMillis(Math.max(0, bytes) * 1000 / slowestBytesPerSecond);
    }
}
