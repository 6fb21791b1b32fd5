package io.lensmill.metricsworker.report;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.metricsworker.collection.CollectionTally;
import io.lensmill.reports.estimates.ApplicabilityFigures;
import io.lensmill.reports.estimates.ClassificationFigures;
import io.lensmill.reports.estimates.ClassificationResults;
import io.lensmill.reports.estimates.Comparison;
import io.lensmill.reports.estimates.EmbeddingSet;
import io.lensmill.reports.estimates.Extrapolator;
import io.lensmill.reports.estimates.FoldedEmbeddings;
import io.lensmill.reports.estimates.LoneSet;
import io.lensmill.reports.estimates.Obstacle;
import io.lensmill.reports.estimates.RealismFigures;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the report of a collection from what there is: the collection, its reference, the details. The same three give
 * the same report. One thread at a time.
 */
public final class ReportComposer {

    private static final int REFERENCES_REMEMBERED = 4;

    private final ReportSettings settings;
    private final Remembered<EmbeddingSet> references = new Remembered<>(REFERENCES_REMEMBERED);

    public ReportComposer(ReportSettings settings) {
        this.settings = settings;
    }

    /**
     * @param subject the collection
     * @param reference the collection that it names as its reference, if that was seen
     * @param details of a comparison of the two, perhaps of fewer images
     * @return sequence 0 and dated 1970
     */
    public MetricReport compose(CollectionSnapshot subject, Optional<CollectionSnapshot> reference, Details details) {
        CollectionTally tally = subject.tally();
        List<NamedEstimate> applicable = ApplicabilityFigures.of(tally.foreign());
        List<NamedEstimate> classified = classified(tally);
        List<NamedEstimate> realistic = realistic(subject, reference, details);
        List<NamedEstimate> figures = Stream.of(applicable, classified, realistic)
                .flatMap(List::stream)
                .toList();
        ClassificationMetrics classification =
                ReportBlocks.classification(tally.classification(), tally.lateLabels(), classified);
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
                .setClassification(classification)
                .setRealism(ReportBlocks.realism(tally, reference, realistic))
                .setFigures(figures)
                .setStatus(gravest(figures.stream()))
                .setInputOffsets(tally.offsets())
                .build();
    }

    private static List<NamedEstimate> classified(CollectionTally tally) {
        boolean labelled = tally.classification().confusion().total() > 0;
        return labelled ? ClassificationFigures.of(ClassificationResults.of(tally.classification())) : List.of();
    }

    private List<NamedEstimate> realistic(
            CollectionSnapshot subject, Optional<CollectionSnapshot> reference, Details details) {
        if (!Comparability.isWanted(subject)) {
            return List.of();
        }
        return SnapshotPair.of(subject, reference)
                .map(pair -> compared(pair, details))
                .orElseGet(() -> alone(subject, reference));
    }

    private List<NamedEstimate> compared(SnapshotPair pair, Details details) {
        Comparison comparison = new Comparison(
                new FoldedEmbeddings(pair.ofSubject()),
                references.get(pair.reference().identity(), () -> new FoldedEmbeddings(pair.ofReference())),
                settings.estimates(),
                Extrapolator.known(details.extrapolation()));
        return Stream.concat(
                        RealismFigures.ofMoments(comparison, pair.isTrained()).stream(), details.figures().stream())
                .toList();
    }

    /** Without a comparison the collection's own diversity is all that can be told. */
    private List<NamedEstimate> alone(CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        Obstacle obstacle = Comparability.obstacle(subject, reference).orElseThrow();
        Optional<EmbeddingSet> own = Comparability.within(subject).isPresent()
                ? Optional.empty()
                : subject.embeddings().map(FoldedEmbeddings::new);
        boolean trained = subject.tally().isTrained()
                && reference.map(other -> other.tally().isTrained()).orElse(true);
        LoneSet set = LoneSet.of(own, subject.tally().counted(), settings.estimates(), obstacle);
        return RealismFigures.of(set, trained, () -> {});
    }

    private static EstimateStatus gravest(Stream<NamedEstimate> figures) {
        return figures.flatMap(figure -> Stream.of(figure.getEstimate(), figure.getExpected()))
                .filter(Objects::nonNull)
                .map(estimate -> estimate.getStatus())
                .reduce(EstimateStatus.OK, EstimateDraft::gravest);
    }
}
