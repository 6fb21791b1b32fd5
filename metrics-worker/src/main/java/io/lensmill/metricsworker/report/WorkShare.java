package io.lensmill.metricsworker.report;

import java.util.function.LongSupplier;

/**
 * Lets one piece of work be done at a time, and rests in between, so that it never takes more than a stated share of
 * one core. Safe for several threads.
 */
public final class WorkShare {

    private final LongSupplier nanos;
    private final double share;
    private final long leewayNanos;
    private boolean busy;
    private long restsUntil;

    /**
     * @param nanos a clock such as System::nanoTime
     * @param share of one core, above 0; 1: no rest
     */
    public WorkShare(LongSupplier nanos, double share) {
        this(nanos, share, 0);
    }

    /**
     * @param nanos a clock such as System::nanoTime
     * @param share of one core, above 0; 1: no rest
     * @param leewayNanos rest that may be owed when the next piece begins: short ones can follow one another at once,
     *     and the share still holds in the long run
     */
    public WorkShare(LongSupplier nanos, double share, long leewayNanos) {
        this.nanos = nanos;
        this.share = share;
        this.leewayNanos = leewayNanos;
        this.restsUntil = nanos.getAsLong();
    }

    /** Whether work would be begun now. */
    public synchronized boolean isFree() {
        return !busy && nanos.getAsLong() - restsUntil >= -leewayNanos;
    }

    /** How long until work would be begun, 0 or less: at once; what is at work now is not counted. */
    public synchronized long restNanos() {
        return restsUntil - nanos.getAsLong() - leewayNanos;
    }

    /** Takes the turn if it is free; whoever gets true calls {@link #end}. */
    public synchronized boolean begin() {
        if (!isFree()) {
            return false;
        }
        busy = true;
        return true;
    }

    /** @param begunNanos when the work itself began */
    public synchronized void end(long begunNanos) {
        long end = nanos.getAsLong();
        busy = false;
        // From where the rest before would have ended; clocks of nanoseconds are compared by their difference.
        long from = restsUntil - begunNanos > 0 ? restsUntil : begunNanos;
        restsUntil = from + (long) ((end - begunNanos) / share);
    }
}
