package io.lensmill.metrics.streams;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.MetricReport;
import io.lensmill.metrics.collection.CollectionKey;
import io.lensmill.metrics.collection.CollectionPartial;
import io.lensmill.metrics.report.CollectionSnapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/**
 * Second level: all collections of a model meet in one task, where partials are merged and reports are sent. A report
 * goes out when something changed since the last one, in the collection or in its reference, and the interval is over;
 * so the last record of a stream is reported within about two intervals, and an idle worker does nothing.
 */
final class MergingProcessor implements Processor<String, byte[], String, byte[]> {

    private static final Logger LOG = Logger.getLogger(MergingProcessor.class);
    private static final int TICKS_PER_INTERVAL = 8;

    /** A report in the making, and what it will have told of. */
    private record Work(
            CollectionKey key, long version, long referenceVersion, CompletableFuture<MetricReport> report) {}

    private final TopologySettings settings;
    private final ReportDesk desk;
    private final Accounting accounting;
    private final Map<CollectionKey, Long> begunAt = new HashMap<>();
    private ProcessorContext<String, byte[]> context;
    private CollectionStore collections;
    private Work work;

    MergingProcessor(TopologySettings settings, ReportDesk desk, Accounting accounting) {
        this.settings = settings;
        this.desk = desk;
        this.accounting = accounting;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        collections = new CollectionStore(
                new CollectionEntries(context.getStateStore(MetricsTopology.COLLECTIONS)), settings);
        context.schedule(
                settings.reportInterval().dividedBy(TICKS_PER_INTERVAL), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, byte[]> message) {
        collections.add(CollectionPartial.fromBytes(message.value()));
    }

    private void tick(long now) {
        if (work == null && desk.isFree()) {
            next(now).ifPresent(key -> begin(key, now));
        }
        if (work != null && work.report().isDone()) {
            finish(now);
        }
    }

    /** Of the collections with news whose interval is over, the one that has waited longest. */
    private Optional<CollectionKey> next(long now) {
        long latest = now - settings.reportInterval().toMillis();
        return collections.keys().stream()
                .filter(this::hasNews)
                .filter(key -> begunAt.getOrDefault(key, Long.MIN_VALUE) <= latest)
                .min(Comparator.comparing(key -> begunAt.getOrDefault(key, Long.MIN_VALUE)));
    }

    private boolean hasNews(CollectionKey key) {
        CollectionHeader header = collections.header(key);
        return header.version != header.reportedVersion || referenceVersion(key) != header.reportedReferenceVersion;
    }

    private long referenceVersion(CollectionKey key) {
        String named = collections.header(key).reference;
        CollectionHeader reference = named.isEmpty() ? null : collections.header(key.sibling(named));
        return reference == null ? 0 : reference.version;
    }

    private void begin(CollectionKey key, long now) {
        CollectionHeader header = collections.header(key);
        CollectionSnapshot subject = collections.snapshot(key).orElseThrow();
        Optional<CollectionSnapshot> reference =
                header.reference.isEmpty() ? Optional.empty() : collections.snapshot(key.sibling(header.reference));
        desk.offer(subject, reference).ifPresent(report -> {
            begunAt.put(key, now);
            work = new Work(key, header.version, referenceVersion(key), report);
        });
    }

    private void finish(long now) {
        Work done = work;
        work = null;
        CollectionHeader header = collections.header(done.key());
        header.reportedVersion = done.version();
        header.reportedReferenceVersion = done.referenceVersion();
        try {
            send(done.report().join(), header, now);
        } catch (CompletionException e) {
            // The next partial brings another attempt; the same numbers again would only bring the same error.
            LOG.errorf(e.getCause(), "No report of %s", done.key().text());
        }
        collections.save(done.key());
    }

    private void send(MetricReport report, CollectionHeader header, long now) {
        report.setSequence(++header.sequence);
        report.setEmittedAt(Instant.ofEpochMilli(now));
        String key = report.getModelId() + "/" + report.getCollection();
        context.forward(new Record<>(key, Envelope.encode(report), now));
        accounting.reported();
    }

    /** A report that is still being made is let go: whoever takes the task over makes it anew. */
    @Override
    public void close() {
        work = null;
    }
}
