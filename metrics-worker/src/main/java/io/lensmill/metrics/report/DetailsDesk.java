package io.lensmill.metrics.report;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The newest details of each comparison. Where they take long they are worked out beside the reports, one at a time and
 * with rests in between, so that reports need not wait: a report then has the details of some seconds before, which say
 * by their own n of how many images they are, or, the first time, goes without.
 */
final class DetailsDesk {

    private static final Logger LOG = Logger.getLogger(DetailsDesk.class);
    private static final int REMEMBERED = 1_000;
    /** What a report can wait for. */
    private static final long QUICK_NANOS = 150_000_000;

    private static final double SLIGHTLY_MORE = 1.25;
    /** Of both sides: quick even before anything is compiled. */
    private static final long FEW_ROWS = 500;

    /**
     * @param identity of what was compared
     * @param details the numbers
     * @param rows rows that were looked at, of both sides
     * @param nanos that it took
     */
    record Known(String identity, RealismDetails details, long rows, long nanos) {

        static final Known NOTHING = new Known("", RealismDetails.NONE, 0, 0);

        /** Whether so many rows would not keep a report waiting either, as far as these tell. */
        boolean isQuickFor(long moreRows) {
            // The time grows with the cube of the rows.
            return nanos <= QUICK_NANOS && moreRows <= Math.max(FEW_ROWS, SLIGHTLY_MORE * rows);
        }
    }

    private final Executor executor;
    private final LongSupplier nanos;
    private final WorkShare turns;
    private final Remembered<Known> known = new Remembered<>(REMEMBERED);

    /**
     * @param executor runs one comparison at a time
     * @param nanos a clock such as System::nanoTime
     * @param share of one core that comparisons may take, above 0; 1: no rest
     */
    DetailsDesk(Executor executor, LongSupplier nanos, double share) {
        this.executor = executor;
        this.nanos = nanos;
        this.turns = new WorkShare(nanos, share);
    }

    /** With an empty identity when nothing was worked out at this place yet. */
    synchronized Known newest(String place) {
        return known.find(place).orElse(Known.NOTHING);
    }

    /** Whether these are still the newest of their place. */
    boolean isNewest(String place, String identity) {
        return newest(place).identity().equals(identity);
    }

    /** Whether a comparison would be begun now. */
    boolean isFree() {
        return turns.isFree();
    }

    /** Works the details out while the caller waits. */
    void workOut(String place, String identity, long rows, Supplier<RealismDetails> work) {
        long begun = nanos.getAsLong();
        RealismDetails details = work.get();
        put(place, new Known(identity, details, rows, nanos.getAsLong() - begun));
    }

    /** Begins to work the details out if nothing else is at work; {@code preparation} is done by the caller. */
    void offer(String place, String identity, long rows, Supplier<Supplier<RealismDetails>> preparation) {
        if (!turns.begin()) {
            return;
        }
        long begun = nanos.getAsLong();
        Supplier<RealismDetails> work;
        try {
            work = preparation.get();
        } catch (RuntimeException | Error e) {
            turns.end(begun);
            throw e;
        }
        executor.execute(() -> run(place, identity, rows, work));
    }

    private void run(String place, String identity, long rows, Supplier<RealismDetails> work) {
        long begun = nanos.getAsLong();
        try {
            workOut(place, identity, rows, work);
        } catch (RuntimeException e) {
            // The same rows again would only bring the same error.
            LOG.errorf(e, "No newer details of %s; those of before stay", place);
            keepFor(place, identity);
        } finally {
            turns.end(begun);
        }
    }

    private synchronized void keepFor(String place, String identity) {
        Known before = newest(place);
        known.put(place, new Known(identity, before.details(), before.rows(), before.nanos()));
    }

    private synchronized void put(String place, Known details) {
        known.put(place, details);
    }
}
