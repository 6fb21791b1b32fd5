package io.lensmill.metricsworker.archive;

import io.lensmill.contracts.MetricReport;
import io.lensmill.jobs.Backoff;
import io.lensmill.metricsworker.streams.ReportListener;
import io.lensmill.reports.chart.ReportPictures;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Copies reports into the object store, on a thread of its own. The streams only leave a report here and go on: no
 * store, however slow or broken, holds them up or fails them.
 *
 * <p>Of each key the newest report is written, at most one per interval; what comes in between is skipped, and the last
 * one is always written. After a failure it is tried again, after a second, two, four and so on up to a minute, for as
 * long as the store is away: one warning when that begins, one line when it ends. After work of t seconds the next
 * report is begun t (1/share - 1) seconds later, or an interval later if that is sooner. {@link #close} writes what
 * still waits, for a few seconds at most. A worker that is killed leaves the copy of its last seconds to the next
 * report.
 *
 * <p>A report may be copied whose transaction is rolled back, because it is told when it is sent. The stream then makes
 * it again, and that one is copied over it.
 */
public final class ReportArchive implements ReportListener, AutoCloseable {

    /** With all of these waiting, which takes a store that is away and as many collections, some 50 MB. */
    static final int MOST_WAITING = 1_000;

    private static final Logger LOG = Logger.getLogger(ReportArchive.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Store store;
    private final Function<MetricReport, Map<String, byte[]>> pictures;
    private final ArchiveAccounting accounting;
    private final double share;
    private final Backoff backoff;
    private final long longestRest;
    private final WaitingReports waiting;
    private final Thread writer = new Thread(this::work, "report-archive");
    private boolean closing;
    private long closesBy;

    // Of the writer's thread alone.
    private boolean away;
    private boolean drawingFails;

    /** The object store, connected when it is first asked for. */
    @FunctionalInterface
    public interface Store {

        /** @throws IOException when it does not answer */
        ObjectStore connected() throws IOException;

        /** No report follows. */
        default void close() throws IOException {
            // Most have nothing to close.
        }
    }

    /**
     * Begins its thread.
     *
     * @param interval shortest time between two reports of a key
     * @param share of one core that it may take, above 0 to 1
     */
    public ReportArchive(Store store, Duration interval, double share, ArchiveAccounting accounting) {
        this(store, interval, share, accounting, ReportPictures::of, FIRST_PAUSE);
    }

    /**
     * @param pictures draws those of a report, by file name
     * @param firstPause after a failure; it doubles with each further one
     */
    @SuppressWarnings("ThreadPriorityCheck") // A hint to the system; what is right does not depend on it.
    ReportArchive(
            Store store,
            Duration interval,
            double share,
            ArchiveAccounting accounting,
            Function<MetricReport, Map<String, byte[]>> pictures,
            Duration firstPause) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException(
                    "lensmill.metrics.archive-interval must be 0 or more; got " + interval + ".");
        }
        this.store = store;
        this.share = share;
        this.accounting = accounting;
        this.pictures = pictures;
        this.backoff = new Backoff(firstPause, LONGEST_PAUSE);
        // The first picture of a process takes seconds; that must not hold up the next report for a minute.
        this.longestRest = interval.toNanos();
        this.waiting = new WaitingReports(interval.toNanos(), MOST_WAITING);
        writer.setDaemon(true);
        writer.setPriority(Thread.MIN_PRIORITY);
        writer.start();
    }

    @Override
    public Optional<String> objectKey(MetricReport report) {
        return Optional.of(ReportFiles.jsonKey(report).value());
    }

    @Override
    public void reported(MetricReport report) {
        int skipped;
        synchronized (waiting) {
            skipped = waiting.put(key(report), report, System.nanoTime());
            waiting.notifyAll();
        }
        if (skipped > 0) {
            accounting.skipped(skipped);
        }
    }

    /** Reports that are not written yet. */
    public int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private static String key(MetricReport report) {
        return ReportFiles.jsonKey(report).value();
    }

    private void work() {
        try {
            for (Optional<MetricReport> next = next(); next.isPresent(); next = next()) {
                long begun = System.nanoTime();
                boolean written = write(next.get());
                long taken = System.nanoTime() - begun;
                long pauseOfWork = Math.min((long) (taken * (1 / share - 1)), longestRest);
                rest(written ? pauseOfWork : backoff.next().toNanos());
            }
        } catch (InterruptedException e) {
            LOG.debug("The archive of reports ends with some of them unwritten");
        }
    }

    /** Waits for one that is due; empty: the archive is closed and nothing waits, or the store is away. */
    private Optional<MetricReport> next() throws InterruptedException {
        synchronized (waiting) {
            while (!closing) {
                Optional<MetricReport> due = waiting.take(System.nanoTime());
                if (due.isPresent()) {
                    return due;
                }
                sleep(waiting.nanosUntilDue(System.nanoTime()).orElse(Long.MAX_VALUE));
            }
            return away || System.nanoTime() - closesBy > 0 ? Optional.empty() : waiting.takeNow();
        }
    }

    private void rest(long nanos) throws InterruptedException {
        synchronized (waiting) {
            long until = System.nanoTime() + nanos;
            while (!closing && until - System.nanoTime() > 0) {
                sleep(until - System.nanoTime());
            }
        }
    }

    /** At most a minute, and until something happens; the caller holds the lock and looks again. */
    private void sleep(long nanos) throws InterruptedException {
        long millis = Math.min(nanos / 1_000_000 + 1, LONGEST_PAUSE.toMillis());
        waiting.wait(Math.max(1, millis));
    }

    private boolean write(MetricReport report) {
        try {
            ObjectStore connected = store.connected();
            if (ReportFiles.isSuperseded(report, connected)) {
                accounting.skipped(1);
            } else {
                ReportFiles.write(report, drawn(report), connected);
                accounting.written();
            }
            back();
            return true;
        } catch (IOException | RuntimeException e) {
            failed(report, e);
            return false;
        }
    }

    /** A machine without fonts throws Errors, of several kinds; the numbers are worth more than the pictures. */
    private Map<String, byte[]> drawn(MetricReport report) {
        try {
            return pictures.apply(report);
        } catch (RuntimeException | LinkageError | InternalError e) {
            if (!drawingFails) {
                LOG.warn("Reports are archived without pictures: they cannot be drawn here (fontconfig, fonts?)", e);
            }
            drawingFails = true;
            accounting.withoutPictures();
            return Map.of();
        }
    }

    private void failed(MetricReport report, Exception failure) {
        accounting.failed();
        if (!away) {
            LOG.warnf("The object store takes no reports; each key's newest is kept and tried again: %s", failure);
        }
        away = true;
        boolean kept;
        synchronized (waiting) {
            kept = waiting.putBack(key(report), report, System.nanoTime());
        }
        if (!kept) {
            accounting.skipped(1);
        }
    }

    private void back() {
        if (away) {
            LOG.info("The object store takes reports again");
        }
        away = false;
        backoff.reset();
    }

    /** Writes what waits, due or not, unless the store is away; five seconds at most. Closes the store. */
    @Override
    public void close() {
        synchronized (waiting) {
            closing = true;
            closesBy = System.nanoTime() + CLOSING.toNanos();
            waiting.notifyAll();
        }
        try {
            writer.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
        try {
            store.close();
        } catch (IOException e) {
            LOG.debug("The archive's object store was not closed", e);
        }
    }
}
