package io.lensmill.jobs;

import java.time.Duration;

/**
 * Growing pauses between attempts: the first, then each twice as long as the one before, up to the longest. One
 * thread's.
 */
public final class Backoff {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    /** @throws IllegalArgumentException unless 0 &lt; first &lt;= longest */
    public Backoff(Duration first, Duration longest) {
        if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "the first pause must be above 0 and at most the longest, " + longest + "; got " + first + ".");
        }
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** How long to wait after this failure. */
    public Duration next() {
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return pause;
    }

    /** After an attempt that worked: the next failure begins with the first pause again. */
    public void reset() {
        next = first;
    }
}
