package io.lensmill.metricsworker.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.CollectionAction;
import io.lensmill.contracts.CollectionCommand;
import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.messaging.TextHeaders;
import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metricsworker.Classifications;
import io.lensmill.metricsworker.report.ReportDesk;
import io.lensmill.metricsworker.report.ReportSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTopologyTest {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @TempDir
    private Path stateDir;

    private final Counts counts = new Counts();
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> input;
    private TestInputTopic<String, byte[]> labels;
    private TestInputTopic<String, byte[]> commands;
    private TestInputTopic<String, byte[]> jobs;
    private TestOutputTopic<String, byte[]> reports;
    private TestOutputTopic<String, byte[]> deadLetters;

    static final class Counts implements StreamAccounting {
        long received;
        long counted;
        long duplicates;
        long reported;
        final Map<RefusalCode, Long> refused = new EnumMap<>(RefusalCode.class);

        @Override
        public void received() {
            received++;
        }

        @Override
        public void counted() {
            counted++;
        }

        @Override
        public void duplicate() {
            duplicates++;
        }

        @Override
        public void refused(RefusalCode reason) {
            refused.merge(reason, 1L, Long::sum);
        }

        @Override
        public void reported() {
            reported++;
        }
    }

    private final List<MetricReport> told = new ArrayList<>();
    private final ReportListener listener = new ReportListener() {
        @Override
        public Optional<String> objectKey(MetricReport report) {
            return Optional.of("somewhere/" + report.getCollection() + "/" + report.getWindow());
        }

        @Override
        public void reported(MetricReport report) {
            told.add(report);
        }
    };

    static TopologySettings settings(int sampleRows, int foldRows, int inMemory, Duration interval) {
        ReportSettings report =
                new ReportSettings(List.of(Bandwidth.parse("8"), Bandwidth.parse("auto")), 100, sampleRows, 32, 1);
        return new TopologySettings(1, interval, Duration.ofDays(1), 512, foldRows, inMemory, report);
    }

    @BeforeEach
    void start() {
        start(settings(2000, 2048, 32, INTERVAL));
    }

    private void start(TopologySettings settings) {
        start(settings, Runnable::run, System::nanoTime);
    }

    private void start(TopologySettings settings, Executor details, LongSupplier nanos) {
        ReportDesk desk = new ReportDesk(settings.report(), Runnable::run, details, nanos, 1);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        // In memory: the driver commits, and a disk would be synchronised, after every single record.
        Topology topology = MetricsTopology.build(
                settings,
                desk,
                counts,
                listener,
                name -> Stores.inMemoryWindowStore(name, settings.seenRetention(), MetricsTopology.WINDOW, false),
                Stores::inMemoryKeyValueStore);
        driver = new TopologyTestDriver(topology, properties, Instant.parse("2026-01-01T00:00:00Z"));
        input = inputTopic(Topics.CLASSIFICATIONS);
        labels = inputTopic(Topics.LABELS);
        commands = inputTopic(Topics.COLLECTION_COMMANDS);
        jobs = inputTopic(Topics.JOBS);
        reports =
                driver.createOutputTopic(Topics.REPORTS.name(), new StringDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                Topics.DEAD_LETTERS.name(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private TestInputTopic<String, byte[]> inputTopic(Topic topic) {
        return driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void send(List<Classification> messages) {
        messages.forEach(message -> input.pipeInput(message.getImageId(), Envelope.encode(message)));
    }

    private void pass(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 250) {
            driver.advanceWallClockTime(Duration.ofMillis(250));
        }
    }

    private Map<String, MetricReport> lastReports() {
        Map<String, MetricReport> last = new TreeMap<>();
        for (TestRecord<String, byte[]> message : reports.readRecordsToList()) {
            try {
                last.put(message.key(), Envelope.decode(message.value(), MetricReport.class));
            } catch (RefusedException e) {
                throw new AssertionError(e);
            }
        }
        return last;
    }

    @Test
    void countsEachImageOnceAndAddsUp() {
        // Given
        List<Classification> messages = new ArrayList<>(Classifications.real("m", "real", 50));
        messages.addAll(messages.subList(10, 30));
        messages.add(messages.get(10));
        Collections.shuffle(messages, new Random(1));
        // When
        send(messages);
        pass(INTERVAL.multipliedBy(2));
        // Then
        MetricReport report = lastReports().get("m/real");
        assertThat(report.getReceived()).isEqualTo(71);
        assertThat(report.getCounted()).isEqualTo(50);
        assertThat(report.getDuplicates()).isEqualTo(21);
        assertThat(report.getClassification().getLabelled()).isEqualTo(50);
        assertThat(report.getInputOffsets()).isEqualTo(Map.of("classifications-0", 70L));
        assertThat(counts.received).isEqualTo(71);
        assertThat(counts.counted + counts.duplicates).isEqualTo(71);
    }

    @Test
    void oneImageMayBeInSeveralCollectionsAndUnderSeveralModels() {
        // Given
        List<Classification> messages = new ArrayList<>();
        for (String model : List.of("m", "n")) {
            for (String collection : List.of("a", "b")) {
                Classification message =
                        Classifications.real(model, collection, 1).get(0);
                message.setImageId("the-same");
                messages.add(message);
            }
        }
        // When
        send(messages);
        pass(INTERVAL.multipliedBy(2));
        // Then
        assertThat(lastReports()).containsOnlyKeys("m/a", "m/b", "n/a", "n/b").allSatisfy((key, report) -> {
            assertThat(report.getCounted()).isEqualTo(1);
            assertThat(report.getDuplicates()).isZero();
        });
    }

    @Test
    void refusedRecordsGoToTheDeadLettersAndNothingStops() {
        // Given
        byte[] poison = "no container".getBytes(StandardCharsets.UTF_8);
        Classification wrong = Classifications.real("m", "real", 1).get(0);
        wrong.setPredictedClass("galaxy");
        // When
        input.pipeInput("poison", poison);
        input.pipeInput("none", null);
        input.pipeInput("wrong", Envelope.encode(wrong));
        send(Classifications.real("m", "real", 3));
        pass(INTERVAL.multipliedBy(2));
        // Then
        List<TestRecord<String, byte[]>> letters = deadLetters.readRecordsToList();
        assertThat(letters).extracting(TestRecord::key).containsExactly("poison", "none", "wrong");
        assertThat(letters.get(0).value()).isEqualTo(poison);
        assertThat(TextHeaders.of(letters.get(0).headers()))
                .containsEntry(DeadLetterHeaders.REASON_CODE, "UNDECODABLE")
                .containsEntry(DeadLetterHeaders.TOPIC, Topics.CLASSIFICATIONS.name())
                .containsEntry(DeadLetterHeaders.PARTITION, "0")
                .containsEntry(DeadLetterHeaders.OFFSET, "0");
        assertThat(TextHeaders.of(letters.get(2).headers()))
                .containsEntry(DeadLetterHeaders.REASON_CODE, "INVALID_PARAMETER")
                .hasEntrySatisfying(DeadLetterHeaders.REASON_DETAIL, detail -> assertThat(detail)
                        .contains("predictedClass"));
        assertThat(lastReports().get("m/real").getCounted()).isEqualTo(3);
        assertThat(counts.refused).isEqualTo(Map.of(RefusalCode.UNDECODABLE, 2L, RefusalCode.INVALID_PARAMETER, 1L));
        assertThat(counts.received).isEqualTo(counts.counted + counts.duplicates + 3);
    }

    @Test
    void reportsOnlyWhenSomethingChangedAndNotMoreOftenThanAsked() {
        // Given
        List<Classification> messages = Classifications.real("m", "real", 40);
        // When: one image every quarter of a second for ten seconds, then silence
        for (Classification message : messages) {
            send(List.of(message));
            driver.advanceWallClockTime(Duration.ofMillis(250));
        }
        pass(INTERVAL.multipliedBy(2));
        long afterTheLast = counts.reported;
        pass(Duration.ofMinutes(5));
        // Then
        MetricReport last = lastReports().get("m/real");
        assertThat(afterTheLast).isBetween(5L, 7L);
        assertThat(counts.reported).isEqualTo(afterTheLast);
        assertThat(last.getSequence()).isEqualTo(afterTheLast);
        assertThat(last.getCounted()).isEqualTo(40);
    }

    @Test
    void generatedImagesAreComparedAndReportedAgainWhenTheReferenceGrows() {
        // Given
        send(Classifications.real("m", "real", 100));
        send(Classifications.generated("m", "made", "real", 100));
        pass(INTERVAL.multipliedBy(2));
        MetricReport first = lastReports().get("m/made");
        // When
        send(Classifications.real("m", "real", 400));
        pass(INTERVAL.multipliedBy(2));
        // Then
        MetricReport second = lastReports().get("m/made");
        assertThat(first.getRealism().getReferenceCount()).isEqualTo(100);
        assertThat(second.getRealism().getReferenceCount()).isEqualTo(400);
        assertThat(second.getRealism().getFid().getValue())
                .isNotEqualTo(first.getRealism().getFid().getValue());
        assertThat(second.getCounted()).isEqualTo(100);
        assertThat(second.getSequence()).isGreaterThan(first.getSequence());
    }

    @Test
    void aReferenceUnderAnotherModelIsNone() {
        // Given / When
        send(Classifications.real("other", "real", 100));
        send(Classifications.generated("m", "made", "real", 100));
        pass(INTERVAL.multipliedBy(2));
        // Then
        assertThat(lastReports().get("m/made").getRealism().getFid().getStatus())
                .isEqualTo(EstimateStatus.NO_REFERENCE);
    }

    @Test
    void whatIsReadBackFromStateGivesTheSameNumbers() {
        // Given: everything stays in memory
        List<Classification> messages = new ArrayList<>(Classifications.real("m", "real", 500));
        messages.addAll(Classifications.generated("m", "made", "real", 400));
        messages.addAll(Classifications.real("m", "third", 300));
        driver.close();
        start(settings(150, 100_000, 32, INTERVAL));
        send(messages);
        pass(INTERVAL.multipliedBy(2));
        Map<String, MetricReport> expected = lastReports();
        driver.close();
        // When: of three collections two fit in memory, state is folded often, order and partials differ
        start(settings(150, 40, 2, INTERVAL));
        Collections.shuffle(messages, new Random(9));
        for (int from = 0; from < messages.size(); from += 60) {
            send(messages.subList(from, Math.min(messages.size(), from + 60)));
            pass(Duration.ofSeconds(1));
        }
        pass(INTERVAL.multipliedBy(3));
        Map<String, MetricReport> actual = lastReports();
        // Then
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        assertThat(actual.get("m/third").getClassification())
                .isEqualTo(expected.get("m/third").getClassification());
        var realism = actual.get("m/made").getRealism();
        var before = expected.get("m/made").getRealism();
        assertThat(realism.getFid().getValue()).isCloseTo(before.getFid().getValue(), within(1e-9));
        assertThat(realism.getFidFloor().getValue())
                .isCloseTo(before.getFidFloor().getValue(), within(1e-9));
        for (int k = 0; k < 2; k++) {
            assertThat(realism.getKernels().get(k).getRkeModeCount().getValue())
                    .isCloseTo(before.getKernels().get(k).getRkeModeCount().getValue(), within(1e-9));
            assertThat(realism.getKernels().get(k).getRrke().getValue())
                    .isCloseTo(before.getKernels().get(k).getRrke().getValue(), within(1e-9));
        }
    }

    @Test
    void mixedExtractorsStayRefused() {
        // Given
        List<Classification> mixed = Classifications.generated("m", "made", "real", 60);
        mixed.get(20).setExtractorId("another");
        mixed.get(21).setEmbeddingSize(2);
        mixed.get(21).setEmbedding(Classifications.bytes(new float[] {1, 2}));
        // When
        send(Classifications.real("m", "real", 60));
        send(mixed.subList(0, 10));
        pass(INTERVAL.multipliedBy(2));
        MetricReport before = lastReports().get("m/made");
        send(mixed.subList(10, 60));
        pass(INTERVAL.multipliedBy(2));
        // Then
        MetricReport after = lastReports().get("m/made");
        assertThat(before.getRealism().getFid().getValue()).isNotNull();
        assertThat(after.getCounted()).isEqualTo(60);
        assertThat(after.getRealism().getFid().getValue()).isNull();
        assertThat(after.getStatus()).isEqualTo(EstimateStatus.EXTRACTOR_MISMATCH);
    }

    private void label(String imageId, String collection, String label) {
        ImageLabel message = ImageLabel.newBuilder()
                .setImageId(imageId)
                .setCollection(collection)
                .setLabel(label)
                .setLabelledAt(Instant.EPOCH)
                .build();
        labels.pipeInput(imageId, Envelope.encode(message));
    }

    private void order(CollectionAction action, String collection, String modelId) {
        CollectionCommand message = CollectionCommand.newBuilder()
                .setCollection(collection)
                .setModelId(modelId)
                .setAction(action)
                .setSentAt(Instant.EPOCH)
                .build();
        commands.pipeInput(collection, Envelope.encode(message));
    }

    private static List<Classification> withoutLabels(List<Classification> messages) {
        messages.forEach(message -> message.setLabel(null));
        return messages;
    }

    @Test
    void labelsThatComeBeforeOrAfterTheirImagesCountAsIfTheImagesHadBroughtThem() {
        // Given: what the report says when every image brings its label
        send(Classifications.real("m", "real", 90));
        pass(INTERVAL.multipliedBy(2));
        MetricReport expected = lastReports().get("m/real");
        driver.close();
        start(settings(2000, 2048, 32, INTERVAL));
        List<Classification> labelled = Classifications.real("m", "real", 90);
        List<Classification> bare = withoutLabels(Classifications.real("m", "real", 90));
        // When: a third brings it, a third has it before, a third after the partials were sent, some twice
        labelled.subList(30, 60).forEach(image -> label(image.getImageId(), null, image.getLabel()));
        send(labelled.subList(0, 30));
        send(bare.subList(30, 90));
        pass(INTERVAL.multipliedBy(2));
        MetricReport before = lastReports().get("m/real");
        labelled.subList(60, 90).forEach(image -> label(image.getImageId(), "real", image.getLabel()));
        labelled.subList(60, 90).forEach(image -> label(image.getImageId(), "real", "no"));
        labelled.subList(0, 30).forEach(image -> label(image.getImageId(), null, "no"));
        pass(INTERVAL.multipliedBy(2));
        MetricReport after = lastReports().get("m/real");
        // Then
        assertThat(before.getClassification().getLabelled()).isEqualTo(60);
        assertThat(after.getCounted()).isEqualTo(90);
        assertThat(after.getClassification().getConfusion())
                .isEqualTo(expected.getClassification().getConfusion());
        assertThat(after.getClassification().getAuc())
                .isEqualTo(expected.getClassification().getAuc());
        assertThat(after.getClassification().getLateLabels()).isEqualTo(60);
    }

    @Test
    void aLabelCountsUnderAnyNameOfItsClassAndIsRefusedWhereItIsNone() {
        // Given
        List<Classification> images = withoutLabels(Classifications.real("m", "real", 5));
        List<String> told = List.of("axion", "VORT", "quasar", "no_sub", "2");
        // When: before their images, as after them
        for (int i = 0; i < 3; i++) {
            label(images.get(i).getImageId(), null, told.get(i));
        }
        send(images);
        for (int i = 3; i < 5; i++) {
            label(images.get(i).getImageId(), null, told.get(i));
        }
        pass(INTERVAL.multipliedBy(2));
        // Then
        assertThat(lastReports().get("m/real").getClassification().getLateLabels())
                .isEqualTo(3);
        assertThat(deadLetters.readRecordsToList())
                .extracting(letter -> TextHeaders.of(letter.headers()).get(DeadLetterHeaders.REASON_CODE))
                .containsExactly("UNKNOWN_CLASS", "UNKNOWN_CLASS");
    }

    @Test
    void aLabelForOneCollectionLeavesTheImageInAnotherAlone() {
        // Given
        for (String collection : List.of("a", "b")) {
            List<Classification> images = withoutLabels(Classifications.real("m", collection, 1));
            images.get(0).setImageId("the-same");
            send(images);
        }
        // When
        label("the-same", "a", "sphere");
        label("the-same", "a", "galaxy");
        pass(INTERVAL.multipliedBy(2));
        // Then
        Map<String, MetricReport> last = lastReports();
        assertThat(last.get("m/a").getClassification().getLabelled()).isEqualTo(1);
        assertThat(last.get("m/b").getClassification()).isNull();
    }

    @Test
    void aResetForgetsWhatWasCountedAndLetsTheSameImagesComeAgain() {
        // Given
        send(Classifications.real("m", "real", 50));
        send(Classifications.real("n", "real", 50));
        pass(INTERVAL.multipliedBy(2));
        long sequence = lastReports().get("m/real").getSequence();
        // When: some wait to be sent on while the order comes
        send(Classifications.real("m", "real", 60).subList(50, 60));
        order(CollectionAction.RESET, "real", "m");
        pass(INTERVAL.multipliedBy(2));
        MetricReport empty = lastReports().get("m/real");
        send(Classifications.real("m", "real", 20));
        send(Classifications.real("n", "real", 20));
        pass(INTERVAL.multipliedBy(2));
        // Then
        MetricReport again = lastReports().get("m/real");
        assertThat(empty.getCounted()).isZero();
        assertThat(empty.getResets()).isEqualTo(1);
        assertThat(empty.getClassification()).isNull();
        assertThat(again.getCounted()).isEqualTo(20);
        assertThat(again.getDuplicates()).isZero();
        assertThat(again.getClassification().getLabelled()).isEqualTo(20);
        assertThat(again.getSequence()).isGreaterThan(sequence);
        assertThat(counts.duplicates).isEqualTo(20);
    }

    @Test
    void aClosedCollectionIsReportedAtOnceAndTakesNothingMore() {
        // Given: an interval so long that only the order can bring the report
        driver.close();
        start(settings(2000, 2048, 32, Duration.ofMinutes(10)));
        send(Classifications.real("m", "real", 50));
        pass(Duration.ofMinutes(11));
        reports.readRecordsToList();
        // When
        order(CollectionAction.CLOSE, "real", null);
        pass(Duration.ofMinutes(3));
        send(Classifications.real("m", "real", 55).subList(50, 55));
        send(Classifications.real("m", "other", 5));
        // Then
        MetricReport closed = lastReports().get("m/real");
        assertThat(closed.getClosed()).isTrue();
        assertThat(closed.getCounted()).isEqualTo(50);
        assertThat(counts.refused).isEqualTo(Map.of(RefusalCode.COLLECTION_CLOSED, 5L));
        assertThat(TextHeaders.of(deadLetters.readRecord().headers()))
                .containsEntry(DeadLetterHeaders.REASON_CODE, "COLLECTION_CLOSED");
    }

    @Test
    void aCollectionThatIsOpenedAgainGoesOn() {
        // Given
        send(Classifications.real("m", "real", 50));
        order(CollectionAction.CLOSE, "real", null);
        // When
        order(CollectionAction.REOPEN, "real", null);
        send(Classifications.real("m", "real", 60));
        pass(INTERVAL.multipliedBy(2));
        // Then
        MetricReport report = lastReports().get("m/real");
        assertThat(report.getClosed()).isFalse();
        assertThat(report.getCounted()).isEqualTo(60);
        assertThat(report.getDuplicates()).isEqualTo(50);
        assertThat(counts.refused).isEmpty();
    }

    @Test
    void refusedLabelsAndOrdersAreDeadLetters() {
        // Given / When
        labels.pipeInput("poison", "no container".getBytes(StandardCharsets.UTF_8));
        label("x", "../y", "sphere");
        order(CollectionAction.RESET, "real", "no/model");
        // Then
        assertThat(deadLetters.readRecordsToList())
                .extracting(letter -> TextHeaders.of(letter.headers()).get(DeadLetterHeaders.REASON_CODE))
                .containsExactly("UNDECODABLE", "INVALID_PARAMETER", "INVALID_PARAMETER");
    }

    @Test
    void theEndOfAGenerationBringsReportsBeforeTheirInterval() {
        // Given
        driver.close();
        Duration interval = Duration.ofMinutes(10);
        start(settings(2000, 2048, 32, interval));
        send(Classifications.generated("m", "made", "real", 20));
        pass(interval.plusMinutes(6));
        reports.readRecordsToList();
        // When: the last images come after the job's end, as they do
        jobs.pipeInput(
                "job",
                Envelope.encode(JobEvent.newBuilder()
                        .setJobId("job")
                        .setKind(JobKind.GENERATION)
                        .setState(JobState.SUCCEEDED)
                        .setOccurredAt(Instant.EPOCH)
                        .setResults(Map.of("collection", "made"))
                        .build()));
        send(Classifications.generated("m", "made", "real", 400));
        pass(Duration.ofSeconds(3));
        // Then
        assertThat(lastReports().get("m/made").getCounted()).isEqualTo(400);
    }

    @Test
    void theLastHourIsReportedBesideTheWhole() {
        // Given: the clock of the test driver begins with the year 2026
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        List<Classification> messages = Classifications.real("m", "real", 300);
        messages.subList(0, 100).forEach(message -> message.setClassifiedAt(begin.minus(Duration.ofHours(3))));
        messages.subList(100, 200).forEach(message -> message.setClassifiedAt(begin));
        messages.subList(200, 300).forEach(message -> message.setClassifiedAt(begin.plus(Duration.ofMinutes(30))));
        // When
        send(messages.subList(0, 200));
        pass(Duration.ofMinutes(2));
        Map<String, MetricReport> first = lastReports();
        pass(Duration.ofMinutes(29));
        send(messages.subList(200, 300));
        pass(Duration.ofMinutes(2));
        Map<String, MetricReport> second = lastReports();
        pass(Duration.ofMinutes(30));
        Map<String, MetricReport> third = lastReports();
        // Then
        assertThat(first.get("m/real").getCounted()).isEqualTo(200);
        MetricReport hour = first.get("m/real?window=last-hour");
        assertThat(hour.getCounted()).isEqualTo(100);
        assertThat(hour.getWindow()).isEqualTo("last-hour");
        assertThat(hour.getWindowBegin()).isEqualTo(begin.minus(Duration.ofMinutes(50)));
        assertThat(second.get("m/real?window=last-hour").getCounted()).isEqualTo(200);
        assertThat(third).containsOnlyKeys("m/real?window=last-hour");
        assertThat(third.get("m/real?window=last-hour").getCounted()).isEqualTo(100);
        assertThat(third.get("m/real?window=last-hour").getClassification().getLabelled())
                .isEqualTo(100);
    }

    @Test
    void whoeverListensHearsOfEveryReportThatIsSent() {
        // Given
        send(Classifications.real("m", "real", 40));
        // When
        pass(Duration.ofSeconds(5));
        // Then
        Map<String, MetricReport> sent = lastReports();
        assertThat(sent.get("m/real").getObjectKey()).isEqualTo("somewhere/real/all");
        assertThat(told).contains(sent.get("m/real"));
    }

    @Test
    void reportsDoNotWaitForDetailsAndOneWithAllOfThemIsOwed() {
        // Given: details that take long, by a clock that moves whenever it is looked at
        driver.close();
        Queue<Runnable> waiting = new ArrayDeque<>();
        AtomicLong clock = new AtomicLong();
        TopologySettings settings = settings(2000, 2048, 32, INTERVAL);
        start(settings, waiting::add, () -> clock.addAndGet(1_000_000_000));
        send(Classifications.real("m", "real", 300));
        send(Classifications.generated("m", "made", "real", 100));
        pass(INTERVAL.multipliedBy(2));
        reports.readRecordsToList();
        // When
        send(Classifications.generated("m", "made", "real", 200));
        pass(INTERVAL.multipliedBy(2));
        RealismMetrics early = lastReports().get("m/made").getRealism();
        long whileTheyAreMade = counts.reported;
        pass(Duration.ofMinutes(1));
        long afterAMinute = counts.reported;
        waiting.remove().run();
        pass(INTERVAL.multipliedBy(2));
        RealismMetrics late = lastReports().get("m/made").getRealism();
        long afterThem = counts.reported;
        pass(Duration.ofMinutes(1));
        // Then
        assertThat(early.getFid().getN()).isEqualTo(200);
        assertThat(early.getKernels().get(0).getRkeModeCount().getN()).isEqualTo(100);
        assertThat(afterAMinute).isEqualTo(whileTheyAreMade);
        assertThat(late.getKernels().get(0).getRkeModeCount().getN()).isEqualTo(200);
        assertThat(late.getFid().getValue()).isEqualTo(early.getFid().getValue());
        assertThat(afterThem).isEqualTo(whileTheyAreMade + 1);
        assertThat(counts.reported).isEqualTo(afterThem);
    }
}
