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
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the report of a collection: all arithmetic of the metrics worker happens in here. One thread at a time. */
public final class ReportComposer {

    private final RealismSection realism;

    public ReportComposer(ReportSettings settings) {
        realism = new RealismSection(settings);
    }

    /**
     * @param subject the collection
     * @param reference the collection that it names as its reference, if that was seen
     * @return the report, sequence 0 and dated 1970: whoever sends it numbers and dates it
     */
    public MetricReport compose(CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        CollectionTally tally = subject.tally();
        ClassificationMetrics classified = ClassificationSection.of(tally.classification(), tally.lateLabels());
        RealismMetrics realistic = realism.of(subject, reference);
        return MetricReport.newBuilder()
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
        return from == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(
                                from.getFid(),
                                from.getFidFloor(),
                                from.getFidInfinity(),
                                from.getKid(),
                                from.getMemorised()),
                        from.getKernels().stream().flatMap(ReportComposer::estimates));
    }

    private static Stream<Estimate> estimates(KernelMetrics from) {
        return Stream.of(from.getRkeModeCount(), from.getRkeModeCountReference(), from.getRrke());
    }
}
