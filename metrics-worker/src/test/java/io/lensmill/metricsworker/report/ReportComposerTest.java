package io.lensmill.metricsworker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.ReliabilityPoint;
import io.lensmill.metrics.classification.CalibrationAccumulator;
import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metricsworker.Classifications;
import io.lensmill.metricsworker.collection.CollectionKey;
import io.lensmill.metricsworker.collection.CollectionTally;
import io.lensmill.metricsworker.collection.Observation;
import io.lensmill.metricsworker.collection.ObservationReader;
import io.lensmill.reports.estimates.NamedFigures;
import io.lensmill.reports.estimates.RealismFigures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportComposerTest {

    private static final ReportSettings ALL_ROWS = settings(2000, 1500);

    private static ReportSettings settings(int sampleRows, int relativeRows) {
        List<Bandwidth> bandwidths =
                Stream.of("8", "auto").map(Bandwidth::parse).toList();
        return new ReportSettings(bandwidths, relativeRows, sampleRows, 64, 1);
    }

    @Test
    void tellsTheReferenceNumbersOfRealism() {
        // Given
        var generated = snapshot(ALL_ROWS, Classifications.generated("m", "made", "real", 900));
        var real = snapshot(ALL_ROWS, Classifications.real("m", "real", 1200));
        // When
        MetricReport report = compose(ALL_ROWS, generated, Optional.of(real));
        // Then
        RealismMetrics realism = report.getRealism();
        assertThat(realism.getReference()).isEqualTo("real");
        assertThat(realism.getReferenceCount()).isEqualTo(1200);
        assertThat(realism.getEmbeddingSize()).isEqualTo(64);
        assertOk(realism.getFid(), 103.28025236102842, 1e-6, 900);
        assertThat(realism.getFidFloor().getStatus()).isEqualTo(EstimateStatus.OK);
        assertThat(realism.getFidFloor().getValue()).isBetween(1.3, 2.2);
        assertOk(realism.getKid(), 5.613937850639687, 1e-6, 900);
        assertThat(realism.getKid().getLower()).isBetween(4.5, 5.6);
        assertThat(realism.getFidInfinity().getStatus()).isEqualTo(EstimateStatus.OK);
        assertThat(realism.getFidInfinity().getValue())
                .isBetween(95.0, realism.getFid().getValue() - 1);
        assertThat(realism.getFidInfinity().getLower()).isLessThan(101.0);
        assertThat(realism.getFidInfinity().getParameters()).containsEntry("smallestSubset", "450");
        assertOk(realism.getMemorised(), 0, 0, 900);
        assertThat(realism.getMemorised().getParameters())
                .containsEntry("referenceRows", "1200")
                .containsKeys("threshold", "closest", "median", "medianOfReference");
        assertKernel(realism.getKernels().get(0), "8", 15.145846520028034, 15.000493348014972, 1.8645531522878926);
        KernelMetrics auto = realism.getKernels().get(1);
        assertThat(auto.getName()).isEqualTo("auto");
        assertThat(auto.getBandwidth()).isBetween(8.0, 40.0);
        assertThat(report.getStatus()).isEqualTo(EstimateStatus.OK);
        assertThat(Envelope.encode(report).length).isLessThan(100_000);
    }

    private static void assertKernel(KernelMetrics kernel, String name, double own, double reference, double relative) {
        assertThat(kernel.getName()).isEqualTo(name);
        assertOk(kernel.getRkeModeCount(), own, 1e-6, 900);
        assertOk(kernel.getRkeModeCountReference(), reference, 1e-6, 1200);
        assertOk(kernel.getRrke(), relative, 1e-5, 900);
        assertThat(kernel.getRrke().getEstimator()).isEqualTo("exact");
    }

    private static void assertOk(Estimate estimate, double value, double relativeError, long n) {
        assertThat(estimate.getStatus()).as(estimate.getReason()).isEqualTo(EstimateStatus.OK);
        assertThat(estimate.getValue()).isCloseTo(value, within(value * relativeError));
        assertThat(estimate.getN()).isEqualTo(n);
        assertThat(estimate.getReason()).isEmpty();
    }

    @Test
    void beyondTheRowsHeldItEstimatesAndSaysHow() {
        // Given
        ReportSettings few = settings(300, 200);
        var generated = snapshot(few, Classifications.generated("m", "made", "real", 900));
        var real = snapshot(few, Classifications.real("m", "real", 1200));
        // When
        RealismMetrics realism = compose(few, generated, Optional.of(real)).getRealism();
        // Then
        assertOk(realism.getFid(), 103.28025236102842, 1e-6, 900);
        Estimate modes = realism.getKernels().get(0).getRkeModeCount();
        assertThat(modes.getN()).isEqualTo(900);
        assertThat(modes.getEstimator()).isIn("seeded reservoir", "random Fourier features");
        assertThat(modes.getParameters())
                .containsEntry("rows", "300")
                .containsEntry("frequencies", "64")
                .containsKeys("seeded reservoir", "random Fourier features", "seed");
        assertThat(modes.getValue()).isCloseTo(15.145846520028034, withinPercentage(15));
        assertThat(modes.getValue()).isBetween(modes.getLower(), modes.getUpper());
        Estimate relative = realism.getKernels().get(0).getRrke();
        assertThat(relative.getEstimator()).isEqualTo("seeded reservoir");
        assertThat(relative.getN()).isEqualTo(200);
        assertThat(relative.getParameters()).containsEntry("rows", "200").containsEntry("referenceRows", "200");
        assertThat(relative.getValue()).isBetween(1.8, 3.0);
        assertThat(realism.getFidInfinity().getParameters())
                .containsEntry("rows", "300")
                .containsEntry("rowsOf", "900");
        assertThat(realism.getKid().getN()).isEqualTo(200);
        assertThat(realism.getKid().getValue()).isCloseTo(5.61, withinPercentage(25));
        assertThat(realism.getMemorised().getParameters())
                .containsEntry("rows", "200")
                .containsEntry("referenceRows", "300");
    }

    @Test
    void tellsTheReferenceNumbersOfClassification() {
        // Given
        var real = snapshot(ALL_ROWS, Classifications.real("m", "real", 1200));
        // When
        MetricReport report = compose(ALL_ROWS, real, Optional.empty());
        // Then
        var classification = report.getClassification();
        assertThat(classification.getLabelled()).isEqualTo(1200);
        assertThat(classification.getClasses()).isEqualTo(Classifications.CLASSES);
        for (int k = 0; k < 3; k++) {
            Estimate area = classification.getAuc().get(k);
            Estimate bounds = classification.getAucBounds().get(k);
            assertThat(area.getValue()).isBetween(0.95, 0.99);
            assertThat(area.getValue()).isBetween(bounds.getLower(), bounds.getUpper());
            assertThat(area.getUpper() - area.getLower()).isBetween(0.005, 0.04);
        }
        assertThat(classification.getAccuracy().getValue()).isBetween(0.84, 0.89);
        assertThat(classification.getConfusion().stream()
                        .flatMap(List::stream)
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(1200);
        assertThat(report.getRealism()).as("real images that name no reference").isNull();
        assertThat(report.getStatus()).isEqualTo(EstimateStatus.OK);
    }

    @Test
    void withoutPositivesThereIsNoAreaButAReason() {
        // Given
        List<Classification> messages = Classifications.real("m", "real", 40);
        messages.forEach(message -> message.setLabel("no"));
        // When
        MetricReport report = compose(ALL_ROWS, snapshot(ALL_ROWS, messages), Optional.empty());
        // Then
        assertAbsent(report.getClassification().getAuc().get(1), EstimateStatus.ONE_CLASS, "No labelled image is of");
        assertAbsent(report.getClassification().getAuc().get(0), EstimateStatus.ONE_CLASS, "Every labelled image");
        assertAbsent(report.getClassification().getAucMacro(), EstimateStatus.ONE_CLASS, "Some class");
        assertThat(report.getClassification().getAccuracy().getValue()).isNotNull();
        assertThat(report.getStatus()).isEqualTo(EstimateStatus.ONE_CLASS);
    }

    private static void assertAbsent(Estimate estimate, EstimateStatus status, String reason) {
        assertThat(estimate.getValue()).isNull();
        assertThat(estimate.getStatus()).isEqualTo(status);
        assertThat(estimate.getReason()).contains(reason);
    }

    @Test
    void calibrationIsThatOfTheLabelledImages() {
        // Given
        List<Classification> messages = Classifications.real("m", "real", 1200);
        CalibrationAccumulator expected = new CalibrationAccumulator();
        for (Classification message : messages) {
            message.getScores().stream()
                    .filter(score -> score.getClassName().equals(message.getPredictedClass()))
                    .forEach(score -> expected.add(
                            score.getProbability(), message.getPredictedClass().equals(message.getLabel())));
        }
        // When
        ClassificationMetrics metrics = compose(ALL_ROWS, snapshot(ALL_ROWS, messages), Optional.empty())
                .getClassification();
        // Then
        assertOk(metrics.getCalibrationError(), expected.expectedError(), 1e-12, 1200);
        assertThat(metrics.getCalibrationError().getParameters())
                .containsEntry("ofCalibratedClassifier", String.valueOf(expected.floor()));
        assertThat(metrics.getReliability()).allMatch(bin -> bin.getCount() > 0);
        assertThat(metrics.getReliability().stream()
                        .mapToLong(ReliabilityPoint::getCount)
                        .sum())
                .isEqualTo(1200);
    }

    @Test
    void copiesOfTheReferenceAreSeen() {
        // Given
        List<Classification> copies = Classifications.generated("m", "made", "real", 100);
        List<Classification> real = Classifications.real("m", "real", 400);
        for (int i = 0; i < 50; i++) {
            copies.get(i).setEmbedding(real.get(i).getEmbedding());
        }
        // When
        Estimate memorised = compose(ALL_ROWS, snapshot(ALL_ROWS, copies), Optional.of(snapshot(ALL_ROWS, real)))
                .getRealism()
                .getMemorised();
        // Then
        assertThat(memorised.getValue()).isBetween(0.5, 0.55);
        assertThat(memorised.getParameters()).containsEntry("closest", "0.0");
    }

    @Test
    void fewImagesAreFlagged() {
        // Given
        var real = snapshot(ALL_ROWS, Classifications.real("m", "real", 1200));
        // When
        MetricReport deficient = compose(
                ALL_ROWS, snapshot(ALL_ROWS, Classifications.generated("m", "made", "real", 64)), Optional.of(real));
        MetricReport few = compose(
                ALL_ROWS, snapshot(ALL_ROWS, Classifications.generated("m", "made", "real", 200)), Optional.of(real));
        MetricReport one = compose(
                ALL_ROWS, snapshot(ALL_ROWS, Classifications.generated("m", "made", "real", 1)), Optional.of(real));
        // Then
        assertThat(deficient.getRealism().getFid().getStatus()).isEqualTo(EstimateStatus.RANK_DEFICIENT);
        assertThat(deficient.getRealism().getFid().getValue()).isGreaterThan(100);
        assertThat(deficient.getRealism().getFid().getReason()).contains("64 embeddings of 64 dimensions");
        assertThat(few.getRealism().getFid().getStatus()).isEqualTo(EstimateStatus.TOO_FEW);
        assertThat(few.getStatus()).isEqualTo(EstimateStatus.TOO_FEW);
        assertThat(few.getRealism().getFidInfinity().getValue()).isNotNull();
        assertAbsent(
                deficient.getRealism().getFidInfinity(),
                EstimateStatus.RANK_DEFICIENT,
                "needs 130 embeddings of 64 dimensions on both sides, held as they are; got 64");
        assertThat(deficient.getRealism().getKid().getStatus()).isEqualTo(EstimateStatus.OK);
        assertThat(one.getRealism()).isNull();
    }

    @Test
    void aKernelThatSeesSingleImagesIsFlagged() {
        // Given
        ReportSettings narrow = new ReportSettings(List.of(Bandwidth.parse("2")), 100, 2000, 64, 1);
        var generated = snapshot(narrow, Classifications.generated("m", "made", "real", 100));
        var real = snapshot(narrow, Classifications.real("m", "real", 100));
        // When
        KernelMetrics kernel = compose(narrow, generated, Optional.of(real))
                .getRealism()
                .getKernels()
                .get(0);
        // Then
        assertThat(kernel.getRkeModeCount().getValue()).isGreaterThan(50);
        assertThat(kernel.getRkeModeCount().getStatus()).isEqualTo(EstimateStatus.TOO_FEW);
        assertThat(kernel.getRrke().getStatus()).isEqualTo(EstimateStatus.TOO_FEW);
    }

    @Test
    void withoutAReferenceThereIsNoComparison() {
        // Given
        var unnamed = snapshot(ALL_ROWS, Classifications.generated("m", "made", null, 100));
        var unseen = snapshot(ALL_ROWS, Classifications.generated("m", "made", "nowhere", 100));
        List<Classification> torn = Classifications.generated("m", "made", "one", 100);
        torn.get(3).setReference("two");
        // When / Then
        assertNoReference(compose(ALL_ROWS, unnamed, Optional.empty()), "No reference collection was named");
        assertNoReference(
                compose(ALL_ROWS, unseen, Optional.empty()), "no image of the reference collection 'nowhere'");
        assertNoReference(compose(ALL_ROWS, snapshot(ALL_ROWS, torn), Optional.empty()), "[one, two]");
    }

    private static void assertNoReference(MetricReport report, String reason) {
        RealismMetrics realism = report.getRealism();
        assertAbsent(realism.getFid(), EstimateStatus.NO_REFERENCE, reason);
        assertAbsent(realism.getFidFloor(), EstimateStatus.NO_REFERENCE, reason);
        assertAbsent(realism.getFidInfinity(), EstimateStatus.NO_REFERENCE, reason);
        assertAbsent(realism.getKid(), EstimateStatus.NO_REFERENCE, reason);
        assertAbsent(realism.getMemorised(), EstimateStatus.NO_REFERENCE, reason);
        assertThat(realism.getKernels()).hasSize(1);
        assertThat(realism.getKernels().get(0).getRkeModeCount().getValue()).isGreaterThan(1);
        assertAbsent(realism.getKernels().get(0).getRrke(), EstimateStatus.NO_REFERENCE, reason);
        assertThat(report.getStatus()).isEqualTo(EstimateStatus.NO_REFERENCE);
    }

    @Test
    void otherExtractorsAreNeverCompared() {
        // Given
        var generated = snapshot(ALL_ROWS, Classifications.generated("m", "made", "real", 100));
        List<Classification> foreign = Classifications.real("m", "real", 100);
        foreign.forEach(message -> message.setExtractorId("m:other-weights"));
        List<Classification> mixed = Classifications.generated("m", "made", "real", 100);
        mixed.get(7).setExtractorId("m:other-weights");
        var real = snapshot(ALL_ROWS, Classifications.real("m", "real", 100));
        // When
        MetricReport against = compose(ALL_ROWS, generated, Optional.of(snapshot(ALL_ROWS, foreign)));
        MetricReport within = compose(ALL_ROWS, snapshot(ALL_ROWS, mixed), Optional.of(real));
        // Then
        assertAbsent(against.getRealism().getFid(), EstimateStatus.EXTRACTOR_MISMATCH, "'m:other-weights'");
        assertThat(against.getRealism().getKernels().get(0).getRkeModeCount().getValue())
                .isNotNull();
        assertAbsent(within.getRealism().getFid(), EstimateStatus.EXTRACTOR_MISMATCH, "several extractors");
        assertAbsent(
                within.getRealism().getKernels().get(0).getRkeModeCount(),
                EstimateStatus.EXTRACTOR_MISMATCH,
                "several");
        assertThat(within.getStatus()).isEqualTo(EstimateStatus.EXTRACTOR_MISMATCH);
    }

    @Test
    void anUntrainedExtractorIsFlaggedHoweverGoodItsNumbersLook() {
        // Given: random weights see all images nearly alike
        Consumer<Classification> untrained = message -> {
            message.setExtractorTrained(false);
            message.setEmbedding(Classifications.bytes(nearlyAlike(message.getImageId())));
        };
        List<Classification> made = Classifications.generated("m", "made", "real", 400);
        List<Classification> real = Classifications.real("m", "real", 400);
        made.forEach(untrained);
        real.forEach(untrained);
        // When
        MetricReport report = compose(ALL_ROWS, snapshot(ALL_ROWS, made), Optional.of(snapshot(ALL_ROWS, real)));
        // Then
        assertThat(report.getRealism().getFid().getValue()).isBetween(0.0, 0.01);
        assertThat(report.getRealism().getFid().getStatus()).isEqualTo(EstimateStatus.UNTRAINED_EXTRACTOR);
        assertThat(report.getRealism().getKid().getStatus()).isEqualTo(EstimateStatus.UNTRAINED_EXTRACTOR);
        assertThat(report.getRealism().getMemorised().getStatus()).isEqualTo(EstimateStatus.UNTRAINED_EXTRACTOR);
        KernelMetrics kernel = report.getRealism().getKernels().get(0);
        assertThat(kernel.getRkeModeCount().getValue()).isBetween(1.0, 1.05);
        assertThat(kernel.getRkeModeCount().getStatus()).isEqualTo(EstimateStatus.UNTRAINED_EXTRACTOR);
        assertThat(kernel.getRrke().getStatus()).isEqualTo(EstimateStatus.UNTRAINED_EXTRACTOR);
        assertThat(report.getStatus()).isEqualTo(EstimateStatus.UNTRAINED_EXTRACTOR);
    }

    @Test
    void withoutDetailsAReportTellsWhatFollowsFromMoments() {
        // Given
        var generated = snapshot(ALL_ROWS, Classifications.generated("m", "made", "real", 400));
        var real = snapshot(ALL_ROWS, Classifications.real("m", "real", 600));
        ReportComposer composer = new ReportComposer(ALL_ROWS);
        // When
        MetricReport first = composer.compose(generated, Optional.of(real), Details.NONE);
        MetricReport second = compose(ALL_ROWS, generated, Optional.of(real));
        // Then
        RealismMetrics early = first.getRealism();
        assertThat(early.getFid().getN()).isEqualTo(400);
        assertThat(early.getKid()).isNull();
        assertThat(early.getKernels()).isEmpty();
        RealismMetrics late = second.getRealism();
        assertThat(late.getFid().getValue()).isEqualTo(early.getFid().getValue());
        assertThat(early.getFid().getUpper()).isNull();
        assertThat(late.getFid().getUpper()).isGreaterThan(late.getFid().getValue());
        assertThat(late.getKid().getParameters()).containsEntry("rowsOf", "400");
        assertThat(late.getKernels()).hasSize(2);
    }

    @Test
    void theSameCollectionsAndDetailsGiveTheSameReport() {
        // Given
        var generated = snapshot(ALL_ROWS, Classifications.generated("m", "made", "real", 400));
        var real = snapshot(ALL_ROWS, Classifications.real("m", "real", 600));
        Details details = details(ALL_ROWS, generated, Optional.of(real));
        ReportComposer composer = new ReportComposer(ALL_ROWS);
        // When
        MetricReport first = composer.compose(generated, Optional.of(real), details);
        MetricReport second = composer.compose(generated, Optional.of(real), details);
        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void everyNumberStandsUnderItsNameAndTheOlderFieldsHoldTheSame() {
        // Given
        var generated = snapshot(ALL_ROWS, Classifications.generated("m", "made", "real", 400));
        var real = snapshot(ALL_ROWS, Classifications.real("m", "real", 600));
        // When
        MetricReport report = compose(ALL_ROWS, generated, Optional.of(real));
        // Then
        Set<String> told =
                report.getFigures().stream().map(NamedEstimate::getName).collect(Collectors.toSet());
        Set<String> known = RealismFigures.METRICS.stream()
                .map(metric -> metric.description().name())
                .collect(Collectors.toSet());
        assertThat(told).isEqualTo(known);
        RealismMetrics block = report.getRealism();
        assertThat(NamedFigures.find(report.getFigures(), "fid")).contains(block.getFid());
        assertThat(NamedFigures.find(report.getFigures(), "memorised")).contains(block.getMemorised());
        NamedEstimate modes =
                NamedFigures.all(report.getFigures(), "rkeModeCount").get(0);
        assertThat(modes.getLabels()).containsExactly(Map.entry("bandwidth", "8"));
        assertThat(modes.getEstimate()).isEqualTo(block.getKernels().get(0).getRkeModeCount());
        assertThat(modes.getExpected()).isEqualTo(block.getKernels().get(0).getRkeModeCountReference());
    }

    private static MetricReport compose(
            ReportSettings settings, CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        return new ReportComposer(settings).compose(subject, reference, details(settings, subject, reference));
    }

    private static Details details(
            ReportSettings settings, CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        return SnapshotPair.of(subject, reference)
                .map(new DetailsWork(settings)::of)
                .orElse(Details.NONE);
    }

    private static float[] nearlyAlike(String imageId) {
        Random random = new Random(imageId.hashCode());
        float[] embedding = new float[64];
        for (int i = 0; i < embedding.length; i++) {
            embedding[i] = (float) (0.5 + 0.01 * random.nextGaussian());
        }
        return embedding;
    }

    private static CollectionSnapshot snapshot(ReportSettings settings, List<Classification> messages) {
        ObservationReader reader = new ObservationReader(64);
        CollectionTally tally = new CollectionTally();
        EmbeddingAccumulator embeddings = new EmbeddingAccumulator(settings.embeddings(), 64);
        for (Classification message : messages) {
            try {
                Observation observation = reader.read(Envelope.encode(message));
                tally.add(observation);
                embeddings.add(EmbeddingRow.of(observation.imageId(), observation.embedding()));
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        }
        CollectionKey key =
                new CollectionKey(messages.get(0).getModelId(), messages.get(0).getCollection());
        return new CollectionSnapshot(
                key, String.valueOf(System.identityHashCode(messages)), tally, Optional.of(embeddings));
    }
}
