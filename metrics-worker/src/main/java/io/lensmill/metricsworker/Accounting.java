package io.lensmill.metricsworker;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.Topics;
import io.lensmill.metricsworker.archive.ArchiveAccounting;
import io.lensmill.metricsworker.streams.StreamAccounting;
import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.reading.UnseenLedger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * The worker's counters at /q/metrics, all there from the start: {@link StreamAccounting} and {@link ArchiveAccounting}
 * say what each counts.
 */
final class Accounting implements StreamAccounting, ArchiveAccounting {

    private static final String REFUSED = "lensmill.classifications.refused";

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter counted;
    private final Counter duplicates;
    private final Counter reported;
    private final Counter archived;
    private final Counter skipped;
    private final Counter failed;
    private final Counter withoutPictures;

    Accounting(MeterRegistry registry) {
        this.registry = registry;
        received = registry.counter("lensmill.classifications.received");
        counted = registry.counter("lensmill.classifications.counted");
        duplicates = registry.counter("lensmill.classifications.duplicates");
        reported = registry.counter("lensmill.reports.sent");
        for (RefusalCode reason : RefusalCode.values()) {
            registry.counter(REFUSED, "reason", reason.name());
        }
        archived = registry.counter("lensmill.reports.archived");
        skipped = registry.counter("lensmill.reports.archive.skipped");
        failed = registry.counter("lensmill.reports.archive.failures");
        withoutPictures = registry.counter("lensmill.reports.archived.without.pictures");
    }

    /**
     * Tells what the log did: {@code lensmill_records_unseen_total} by topic, the records that were deleted before the
     * worker read them, since it was started, and {@code lensmill_topics_deviating}.
     */
    void watch(UnseenLedger unseen, BrokerTopics topics) {
        List.of(Topics.CLASSIFICATIONS, Topics.LABELS, Topics.COLLECTION_COMMANDS, Topics.JOBS)
                .forEach(topic -> FunctionCounter.builder(
                                "lensmill.records.unseen", unseen, ledger -> ledger.foundHere(topic.name()))
                        .tag("topic", topic.name())
                        .register(registry));
        Gauge.builder("lensmill.topics.deviating", topics, BrokerTopics::deviating)
                .register(registry);
    }

    @Override
    public void received() {
        received.increment();
    }

    @Override
    public void counted() {
        counted.increment();
    }

    @Override
    public void duplicate() {
        duplicates.increment();
    }

    @Override
    public void refused(RefusalCode reason) {
        registry.counter(REFUSED, "reason", reason.name()).increment();
    }

    @Override
    public void reported() {
        reported.increment();
    }

    @Override
    public void written() {
        archived.increment();
    }

    @Override
    public void skipped(int reports) {
        skipped.increment(reports);
    }

    @Override
    public void failed() {
        failed.increment();
    }

    @Override
    public void withoutPictures() {
        withoutPictures.increment();
    }
}
