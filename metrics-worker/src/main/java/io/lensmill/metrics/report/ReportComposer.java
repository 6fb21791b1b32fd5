package io.lensmill.metrics.report;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.metrics.collection.CollectionTally;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Makes the report of a collection: all arithmetic of the metrics worker happens in here. One thread at a time. */
public final class ReportComposer {

    private final DetailsDesk desk;
    private final RealismSection realism;

    /** All at once, on the caller's thread. */
    public ReportComposer(ReportSettings settings) {
        this(settings, Runnable::run, System::nanoTime, 1);
    }

    /**
     * @param details runs what takes long, one piece at a time
     * @param nanos a clock such as System::nanoTime
     * @param share of one core that it may take, above 0; 1: no rest
     */
    public ReportComposer(ReportSettings settings, Executor details, LongSupplier nanos, double share) {
        desk = new DetailsDesk(details, nanos, share);
        realism = new RealismSection(settings, desk);
    }

    /**
     * Whether composing again may bring newer details. May be asked by any thread.
     *
     * @param details those of the last report, see {@link ComposedReport#details}
     */
    public boolean mayHaveNewerDetails(ComposedReport.Details details) {
        return desk.isFree() || !desk.isNewest(details.place(), details.identity());
    }

    /**
     * @param subject the collection
     * @param reference the collection that it names as its reference, if that was seen
     */
    public ComposedReport compose(CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        CollectionTally tally = subject.tally();
        ClassificationMetrics classified = ClassificationSection.of(tally.classification(), tally.lateLabels());
        RealismSection.Block block = realism.of(subject, reference);
        RealismMetrics realistic = block.metrics();
        MetricReport report = MetricReport.newBuilder()
                .setModelId(subject.key().modelId())
                .setCollection(subject.key().collection())
                .setRole(tally.isGenerated() ? ImageRole.GENERATED : ImageRole.REAL)
                .setSequence(0)
                .setEmittedAt(Instant.EPOCH)
                .setExtractorId(
                        tally.extractors().isEmpty()
                                ? ""
                                : tally.extractors().first().id())
                .setReceived(tally.received())
                .setCounted(tally.counted())
                .setDuplicates(tally.duplicates())
                .setClassification(classified)
                .setRealism(realistic)
                .setStatus(gravest(Stream.concat(estimates(classified), estimates(realistic))))
                .setInputOffsets(tally.offsets())
                .build();
        return new ComposedReport(report, block.details(), block.complete());
    }

    private static EstimateStatus gravest(Stream<Estimate> estimates) {
        return estimates.map(Estimate::getStatus).reduce(EstimateStatus.OK, EstimateDraft::gravest);
    }

    private static Stream<Estimate> estimates(ClassificationMetrics from) {
        return from == null
                ? Stream.empty()
                : Stream.concat(
                        from.getAuc().stream(),
                        Stream.of(from.getAucMacro(), from.getAccuracy(), from.getCalibrationError()));
    }

    private static Stream<Estimate> estimates(RealismMetrics from) {
        if (from == null) {
            return Stream.empty();
        }
        // Before the first details the last three are null.
        Stream<Estimate> distances = Stream.of(
                        from.getFid(), from.getFidFloor(), from.getFidInfinity(), from.getKid(), from.getMemorised())
                .filter(Objects::nonNull);
        return Stream.concat(distances, from.getKernels().stream().flatMap(ReportComposer::estimates));
    }

    private static Stream<Estimate> estimates(KernelMetrics from) {
        return Stream.of(from.getRkeModeCount(), from.getRkeModeCountReference(), from.getRrke());
    }
}
