package io.lensmill.metricsworker.streams;

import io.lensmill.contracts.CollectionAction;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.metricsworker.collection.CollectionKey;
import io.lensmill.metricsworker.collection.CollectionOrder;
import io.lensmill.metricsworker.collection.CollectionPartial;
import io.lensmill.metricsworker.collection.TimeSlices;
import io.lensmill.metricsworker.report.CollectionSnapshot;
import io.lensmill.metricsworker.report.ReportDesk;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/**
 * Second level: all collections of a model meet in one task, where partials are merged and reports are sent. A report
 * goes out when something changed since the last one, in the collection or in its reference, and it is due; so the last
 * record of a stream is reported within about two intervals, and an idle worker does nothing.
 */
final class MergingProcessor implements Processor<String, byte[], String, byte[]> {

    private static final Logger LOG = Logger.getLogger(MergingProcessor.class);
    private static final int TICKS_PER_PARTIAL = 4;

    /** A report in the making, and what it will have told of. */
    private record Work(ReportKey key, long version, long referenceVersion, Instant begin, ReportDesk.Making making) {}

    /**
     * What the last report of a key told.
     *
     * @param figures only while there will be news of the same images
     */
    private record LastReport(long version, long referenceVersion, List<NamedEstimate> figures) {}

    private final TopologySettings settings;
    private final ReportDesk desk;
    private final StreamAccounting accounting;
    private final ReportListener listener;
    private final ReportTimes times;
    private final Map<ReportKey, LastReport> lastReports = new HashMap<>();
    /** Keys of which another report of the same images can tell more. Other threads add to it. */
    private final Set<ReportKey> withNews = ConcurrentHashMap.newKeySet();

    private ProcessorContext<String, byte[]> context;
    private CollectionStore collections;
    private MarkedCollections marks;
    private Work work;

    MergingProcessor(TopologySettings settings, ReportDesk desk, StreamAccounting accounting, ReportListener listener) {
        this.settings = settings;
        this.desk = desk;
        this.accounting = accounting;
        this.listener = listener;
        this.times = new ReportTimes(settings.reportInterval());
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        collections = new CollectionStore(
                new CollectionEntries(context.getStateStore(MetricsTopology.COLLECTIONS)), settings);
        marks = new MarkedCollections(context.getStateStore(MetricsTopology.MERGE_MARKS));
        context.schedule(
                settings.partialInterval().dividedBy(TICKS_PER_PARTIAL), PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<String, byte[]> message) {
        String topic = Refusals.place(context).topic();
        if (MetricsTopology.isInternal(topic, MetricsTopology.PARTIALS)) {
            add(CollectionPartial.fromBytes(message.value()));
            return;
        }
        Notice notice = Notice.fromBytes(message.value());
        if (notice instanceof Notice.Ordered ordered) {
            follow(ordered.order());
        } else if (notice instanceof Notice.Generated generated) {
            times.hurry(generated.collection(), context.currentSystemTimeMs());
        }
    }

    private void add(CollectionPartial partial) {
        long generation = marks.generation(partial.key());
        if (partial.generation() < generation) {
            // Counted before a reset that has come here by the shorter way.
            return;
        }
        collections.add(partial, context.currentSystemTimeMs());
    }

    private void follow(CollectionOrder order) {
        marks.follow(order);
        times.hurry(order.collection(), context.currentSystemTimeMs());
        List<CollectionKey> concerned =
                collections.keys().filter(order::concerns).toList();
        for (CollectionKey key : concerned) {
            if (order.action() == CollectionAction.RESET) {
                collections.begin(key, order.number());
            } else {
                // A report shall say so, even if nothing else is new.
                collections.header(key).version++;
                collections.save(key);
            }
        }
    }

    private void tick(long now) {
        collections.forgetOldSlices(now);
        finishIfDone(now);
        if (work == null && desk.isFree()) {
            next(now).ifPresent(key -> begin(key, now));
        }
        finishIfDone(now);
    }

    private void finishIfDone(long now) {
        if (work != null && work.making().report().isDone()) {
            finish(now);
        }
    }

    /** Of the collections with news whose report is due, the one that has been so longest. */
    private Optional<ReportKey> next(long now) {
        return collections
                .keys()
                .flatMap(key -> Stream.of(ReportKey.all(key), ReportKey.lastHour(key)))
                .filter(this::hasNews)
                .filter(key -> times.isDue(key, now))
                .min(times.longestDue());
    }

    private boolean hasNews(ReportKey key) {
        CollectionHeader header = collections.header(key.collection());
        long version = version(key);
        boolean complete = key.isAll()
                ? version == header.reportedVersion
                        && referenceVersion(key.collection()) == header.reportedReferenceVersion
                : version == 0 || version == header.reportedWindow;
        if (complete) {
            return false;
        }
        // All but the details may be told already; then only newer details are news.
        LastReport last = lastReports.get(key);
        return last == null
                || last.version() != version
                || last.referenceVersion() != referenceVersion(key.collection())
                || withNews.contains(key);
    }

    private long version(ReportKey key) {
        return key.isAll() ? collections.header(key.collection()).version : collections.hourVersion(key.collection());
    }

    private long referenceVersion(CollectionKey key) {
        String named = collections.header(key).reference;
        CollectionHeader reference = named.isEmpty() ? null : collections.header(key.sibling(named));
        return reference == null ? 0 : reference.version;
    }

    private void begin(ReportKey key, long now) {
        CollectionKey collection = key.collection();
        CollectionHeader header = collections.header(collection);
        Optional<CollectionSnapshot> subject =
                key.isAll() ? collections.snapshot(collection) : collections.lastHour(collection);
        Optional<CollectionSnapshot> reference = header.reference.isEmpty()
                ? Optional.empty()
                : collections.snapshot(collection.sibling(header.reference));
        withNews.remove(key);
        desk.offer(subject.orElseThrow(), reference, () -> withNews.add(key)).ifPresent(making -> {
            times.begun(key, now);
            work = new Work(
                    key,
                    version(key),
                    referenceVersion(collection),
                    key.isAll() ? null : TimeSlices.begin(TimeSlices.oldest(now)),
                    making);
        });
    }

    private void finish(long now) {
        Work done = work;
        work = null;
        try {
            MetricReport report = done.making().report().join();
            boolean complete = done.making().complete();
            LastReport telling =
                    new LastReport(done.version(), done.referenceVersion(), complete ? List.of() : report.getFigures());
            if (tellsMore(lastReports.put(done.key(), telling), done, report)) {
                send(done, report, now);
            }
            if (complete) {
                markReported(done);
            }
        } catch (CompletionException e) {
            // The next partial brings another attempt; the same numbers again would only bring the same error.
            LOG.errorf(e.getCause(), "No report of %s", done.key().text());
            markReported(done);
        }
        collections.save(done.key().collection());
    }

    private static boolean tellsMore(LastReport last, Work done, MetricReport report) {
        return last == null
                || last.version() != done.version()
                || last.referenceVersion() != done.referenceVersion()
                || !last.figures().equals(report.getFigures());
    }

    /** Until this is done, a report with all details is still owed, also after a restart. */
    private void markReported(Work done) {
        CollectionHeader header = collections.header(done.key().collection());
        if (done.key().isAll()) {
            header.reportedVersion = done.version();
            header.reportedReferenceVersion = done.referenceVersion();
        } else {
            header.reportedWindow = done.version();
        }
    }

    private void send(Work done, MetricReport report, long now) {
        CollectionKey collection = done.key().collection();
        CollectionHeader header = collections.header(collection);
        report.setSequence(done.key().isAll() ? ++header.sequence : ++header.windowSequence);
        report.setEmittedAt(Instant.ofEpochMilli(now));
        report.setWindow(done.key().window());
        report.setWindowBegin(done.begin());
        report.setClosed(marks.isClosed(collection));
        report.setResets(marks.resets(collection));
        report.setObjectKey(listener.objectKey(report).orElse(null));
        context.forward(new Record<>(done.key().text(), Envelope.encode(report), now));
        accounting.reported();
        listener.reported(report);
    }

    /** A report that is still being made is let go: whoever takes the task over makes it anew. */
    @Override
    public void close() {
        work = null;
    }
}
