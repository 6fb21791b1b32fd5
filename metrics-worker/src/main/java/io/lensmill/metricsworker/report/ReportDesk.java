package io.lensmill.metricsworker.report;

import io.lensmill.contracts.MetricReport;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Composes reports one at a time, away from the stream threads, and rests in between, so that reports of large
 * collections never take more than a stated share of one core. One desk serves all tasks.
 */
public final class ReportDesk {

    /**
     * Ticks come every so many hundred milliseconds; waiting for two more after each short report halves their pace.
     */
    private static final long LEEWAY_NANOS = 1_000_000_000;

    /**
     * A report in the making.
     *
     * @param report to be; sequence 0 and dated 1970: whoever sends it numbers and dates it
     * @param complete whether it tells all that there is to tell of these images; otherwise there will be news
     */
    public record Making(CompletableFuture<MetricReport> report, boolean complete) {}

    private final ReportComposer composer;
    private final DetailsDesk details;
    private final Executor executor;
    private final LongSupplier nanos;
    private final WorkShare turns;

    /**
     * @param reports runs one report at a time
     * @param details runs what takes long, one piece at a time
     * @param nanos a clock such as System::nanoTime
     * @param share of one core for each of both, above 0; 1: no rest
     */
    public ReportDesk(ReportSettings settings, Executor reports, Executor details, LongSupplier nanos, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "lensmill.metrics.report-share must be above 0 and at most 1; got " + share + ".");
        }
        this.composer = new ReportComposer(settings);
        this.details = new DetailsDesk(settings, details, nanos, share);
        this.executor = reports;
        this.nanos = nanos;
        this.turns = new WorkShare(nanos, share, LEEWAY_NANOS);
    }

    /** Whether a report would be begun now. */
    public boolean isFree() {
        return turns.isFree();
    }

    /**
     * Begins a report; empty when the desk is at work or rests.
     *
     * @param subject the collection
     * @param reference the collection that it names as its reference, if that was seen
     * @param news called, by any thread, when another report of the same images can tell more
     */
    public Optional<Making> offer(CollectionSnapshot subject, Optional<CollectionSnapshot> reference, Runnable news) {
        if (!turns.begin()) {
            return Optional.empty();
        }
        DetailsDesk.Plan plan = SnapshotPair.of(subject, reference)
                .map(pair -> details.plan(pair, news))
                .orElse(DetailsDesk.Plan.NOTHING);
        return Optional.of(new Making(
                CompletableFuture.supplyAsync(() -> compose(subject, reference, plan), executor), plan.complete()));
    }

    private MetricReport compose(
            CollectionSnapshot subject, Optional<CollectionSnapshot> reference, DetailsDesk.Plan plan) {
        long begun = nanos.getAsLong();
        try {
            return composer.compose(subject, reference, plan.details().get());
        } finally {
            turns.end(begun);
        }
    }
}
