package io.lensmill.metrics.streams;

import io.lensmill.metrics.report.CollectionSnapshot;
import io.lensmill.metrics.report.ComposedReport;
import io.lensmill.metrics.report.ReportComposer;
import io.lensmill.metrics.report.WorkShare;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Composes reports one at a time, away from the stream threads, and rests in between, so that reports of large
 * collections never take more than a stated share of one core. One desk serves all tasks.
 */
public final class ReportDesk {

    /** Ticks come every so many hundred milliseconds; waiting for two more after each short report halves their pace. */
    private static final long LEEWAY_NANOS = 1_000_000_000;

    private final ReportComposer composer;
    private final Executor executor;
    private final LongSupplier nanos;
    private final WorkShare turns;

    /**
     * @param executor runs one report at a time
     * @param nanos a clock such as System::nanoTime
     * @param share of one core, above 0; 1: no rest
     */
    public ReportDesk(ReportComposer composer, Executor executor, LongSupplier nanos, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "lensmill.metrics.report-share must be above 0 and at most 1; got " + share + ".");
        }
        this.composer = composer;
        this.executor = executor;
        this.nanos = nanos;
        this.turns = new WorkShare(nanos, share, LEEWAY_NANOS);
    }

    /** Whether a report would be begun now. */
    boolean isFree() {
        return turns.isFree();
    }

    /** Whether another report of the same images may tell more than one with these details. */
    boolean mayHaveNewerDetails(ComposedReport.Details details) {
        return composer.mayHaveNewerDetails(details);
    }

    /** The report to be; empty when the desk is at work or rests. */
    Optional<CompletableFuture<ComposedReport>> offer(
            CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        if (!turns.begin()) {
            return Optional.empty();
        }
        return Optional.of(CompletableFuture.supplyAsync(() -> compose(subject, reference), executor));
    }

    private ComposedReport compose(CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        long begun = nanos.getAsLong();
        try {
            return composer.compose(subject, reference);
        } finally {
            turns.end(begun);
        }
    }
}
