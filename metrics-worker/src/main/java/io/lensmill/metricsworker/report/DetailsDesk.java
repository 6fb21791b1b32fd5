package io.lensmill.metricsworker.report;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The newest details of each comparison. Where they take long they are worked out beside the reports, one at a time and
 * with rests in between, so that reports need not wait: a report then has the details of some seconds before, which say
 * by their own n of how many images they are, or, the first time, goes without; and once newer ones are there, or it is
 * another comparison's turn, whoever asked for them hears of it.
 */
final class DetailsDesk {

    private static final Logger LOG = Logger.getLogger(DetailsDesk.class);
    private static final int REMEMBERED = 1_000;
    /** What a report can wait for. */
    private static final long QUICK_NANOS = 150_000_000;

    private static final double SLIGHTLY_MORE = 1.25;
    /** Of both sides: quick even before anything is compiled. */
    private static final long FEW_ROWS = 500;
    /** Whoever was told that it is its turn and does not come within this time has lost it. */
    private static final long TURN_NANOS = 1_000_000_000;

    /**
     * How a report comes to its details.
     *
     * @param complete whether these are details of the very images that the report is of
     * @param details worked out, or looked up, by the thread that asks
     */
    record Plan(boolean complete, Supplier<Details> details) {

        /** There is nothing to compare. */
        static final Plan NOTHING = new Plan(true, () -> Details.NONE);
    }

    /** Runs something later. */
    interface Delay {

        void after(long nanos, Runnable task);
    }

    private record Known(Details details, long rows, long nanos) {

        static final Known NOTHING = new Known(Details.NONE, 0, 0);

        /** Whether so many rows would not keep a report waiting either, as far as these tell. */
        boolean isQuickFor(long moreRows) {
            // The time grows with the cube of the rows.
            return nanos <= QUICK_NANOS && moreRows <= Math.max(FEW_ROWS, SLIGHTLY_MORE * rows);
        }

        Known keptFor(String identity) {
            return new Known(new Details(identity, details.figures(), details.extrapolation()), rows, nanos);
        }
    }

    private final Executor executor;
    private final Delay delay;
    private final LongSupplier nanos;
    private final WorkShare turns;
    /** Two, since each works for one thread: that of the reports, and that of the executor. */
    private final Function<SnapshotPair, Details> here;

    private final Function<SnapshotPair, Details> apart;
    private final Remembered<Known> known = new Remembered<>(REMEMBERED);
    /** By place, who waits for a turn longest first. */
    private final Map<String, Runnable> waiting = new LinkedHashMap<>();

    /**
     * @param executor runs one comparison at a time
     * @param nanos a clock such as System::nanoTime
     * @param share of one core that comparisons may take, above 0; 1: no rest
     */
    DetailsDesk(ReportSettings settings, Executor executor, LongSupplier nanos, double share) {
        this(
                new DetailsWork(settings)::of,
                new DetailsWork(settings)::of,
                executor,
                later(executor),
                new WorkShare(nanos, share),
                nanos);
    }

    DetailsDesk(
            Function<SnapshotPair, Details> here,
            Function<SnapshotPair, Details> apart,
            Executor executor,
            Delay delay,
            WorkShare turns,
            LongSupplier nanos) {
        this.here = here;
        this.apart = apart;
        this.executor = executor;
        this.delay = delay;
        this.turns = turns;
        this.nanos = nanos;
    }

    private static Delay later(Executor executor) {
        return (nanos, task) -> {
            if (nanos <= 0) {
                executor.execute(task);
            } else {
                CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, executor)
                        .execute(task);
            }
        };
    }

    /**
     * Details of these images where they are there or quick to have; otherwise the newest of their comparison, and
     * newer ones are begun.
     *
     * @param news called, by any thread, when a report with newer details may be composed
     */
    Plan plan(SnapshotPair pair, Runnable news) {
        Known newest = newest(pair.place());
        if (newest.details().identity().equals(pair.identity())) {
            return new Plan(true, newest::details);
        }
        if (newest.isQuickFor(pair.rows())) {
            return new Plan(true, () -> workOut(here, pair));
        }
        return new Plan(false, () -> {
            offer(pair, news);
            return newest(pair.place()).details();
        });
    }

    /** Begins to work the details out if nothing else is at work; otherwise the pair waits for its turn. */
    private void offer(SnapshotPair pair, Runnable news) {
        if (!turns.begin()) {
            wait(pair.place(), news);
            return;
        }
        long begun = nanos.getAsLong();
        SnapshotPair copy;
        try {
            copy = pair.copy();
        } catch (RuntimeException | Error e) {
            turns.end(begun);
            throw e;
        }
        executor.execute(() -> run(copy, news));
    }

    private void run(SnapshotPair pair, Runnable news) {
        long begun = nanos.getAsLong();
        try {
            workOut(apart, pair);
        } catch (RuntimeException e) {
            // The same rows again would only bring the same error.
            LOG.errorf(e, "No newer details of %s; those of before stay", pair.place());
            put(pair.place(), newest(pair.place()).keptFor(pair.identity()));
        } finally {
            turns.end(begun);
        }
        news.run();
        delay.after(turns.restNanos(), this::callNext);
    }

    private void callNext() {
        Runnable next = turns.isFree() ? pollWaiting() : null;
        if (next != null) {
            next.run();
            delay.after(TURN_NANOS, this::callNext);
        }
    }

    private Details workOut(Function<SnapshotPair, Details> work, SnapshotPair pair) {
        long begun = nanos.getAsLong();
        Details details = work.apply(pair);
        put(pair.place(), new Known(details, pair.rows(), nanos.getAsLong() - begun));
        return details;
    }

    private synchronized Known newest(String place) {
        return known.find(place).orElse(Known.NOTHING);
    }

    private synchronized void put(String place, Known details) {
        known.put(place, details);
    }

    private synchronized void wait(String place, Runnable news) {
        waiting.put(place, news);
    }

    private synchronized Runnable pollWaiting() {
        Iterator<Runnable> first = waiting.values().iterator();
        if (!first.hasNext()) {
            return null;
        }
        Runnable next = first.next();
        first.remove();
        return next;
    }
}
