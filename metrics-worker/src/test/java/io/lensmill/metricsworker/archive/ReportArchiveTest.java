package io.lensmill.metricsworker.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.contracts.MetricReport;
import io.lensmill.reports.SampleReports;
import io.lensmill.reports.chart.ReportPictures;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportArchiveTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofHours(1);
    private static final String PREFIX = "reports/demo-classifier/demo/held-out/all/";

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final AtomicBoolean away = new AtomicBoolean();
    private final Counts counts = new Counts();
    private ReportArchive archive;

    private static final class Counts implements ArchiveAccounting {

        private final AtomicInteger written = new AtomicInteger();
        private final AtomicInteger skipped = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicInteger withoutPictures = new AtomicInteger();

        @Override
        public void written() {
            written.incrementAndGet();
        }

        @Override
        public void skipped(int reports) {
            skipped.addAndGet(reports);
        }

        @Override
        public void failed() {
            failed.incrementAndGet();
        }

        @Override
        public void withoutPictures() {
            withoutPictures.incrementAndGet();
        }
    }

    private void open(Duration interval, Function<MetricReport, Map<String, byte[]>> pictures) {
        ReportArchive.Store connection = () -> {
            if (away.get()) {
                throw new IOException("The store is away");
            }
            return store;
        };
        archive = new ReportArchive(connection, interval, 1, counts, pictures, Duration.ofMillis(10));
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void aReportStandsThereAsJsonWithItsPictures() throws IOException {
        // Given
        open(LONG, ReportPictures::of);
        MetricReport report = report(7);
        report.setObjectKey(archive.objectKey(report).orElseThrow());
        // When
        archive.reported(report);
        // Then
        JsonNode read = awaitSequence(7);
        assertThat(read.get("objectKey").textValue()).isEqualTo(PREFIX + "report.json");
        assertThat(read.at("/classification/calibrationError/value").isNumber()).isTrue();
        assertThat(read.at("/classification/reliability/3/count").longValue()).isEqualTo(444);
        assertThat(read.get("realism").isNull()).isTrue();
        assertThat(read.get("emittedAt").textValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(names())
                .containsExactly(
                        PREFIX + "confusion.png",
                        PREFIX + "reliability.png",
                        PREFIX + "report.json",
                        PREFIX + "roc.png");
    }

    @Test
    void picturesThatAReportHasNoMoreAreTakenAway() throws IOException {
        // Given
        open(Duration.ZERO, ReportPictures::of);
        archive.reported(report(7));
        awaitSequence(7);
        MetricReport afterReset = report(8);
        afterReset.setClassification(null);
        // When
        archive.reported(afterReset);
        // Then
        awaitSequence(8);
        assertThat(names()).containsExactly(PREFIX + "report.json");
    }

    @Test
    void whatComesBetweenIsSkippedAndTheLastIsWritten() throws IOException {
        // Given
        open(Duration.ofMillis(300), none -> Map.of());
        // When
        for (int sequence = 1; sequence <= 200; sequence++) {
            archive.reported(report(sequence));
        }
        // Then
        awaitSequence(200);
        await().atMost(PATIENCE).until(() -> counts.written.get() + counts.skipped.get() == 200);
        assertThat(counts.written.get()).isBetween(1, 2);
    }

    @Test
    void closingWritesWhatIsNotDueYet() throws IOException {
        // Given
        open(LONG, none -> Map.of());
        archive.reported(report(1));
        awaitSequence(1);
        archive.reported(report(2));
        // When
        archive.close();
        // Then
        assertThat(sequence()).isEqualTo(2);
        assertThat(archive.waiting()).isZero();
    }

    @Test
    void aStoreThatComesBackGetsTheNewest() throws IOException {
        // Given
        open(Duration.ZERO, none -> Map.of());
        away.set(true);
        archive.reported(report(1));
        await().atMost(PATIENCE).until(() -> counts.failed.get() >= 2);
        archive.reported(report(2));
        // When
        away.set(false);
        // Then
        awaitSequence(2);
        await().atMost(PATIENCE).until(() -> counts.written.get() == 1 && counts.skipped.get() == 1);
        assertThat(archive.waiting()).isZero();
    }

    @Test
    void aStoreThatStaysAwayHoldsUpNobody() {
        // Given
        open(Duration.ZERO, none -> Map.of());
        away.set(true);
        archive.reported(report(1));
        await().atMost(PATIENCE).until(() -> counts.failed.get() >= 1);
        // When
        long begun = System.nanoTime();
        archive.close();
        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void aSlowStoreDoesNotHoldUpTheStream() throws Exception {
        // Given: drawing, and so writing, does not end
        CountDownLatch ends = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        open(Duration.ZERO, report -> {
            begun.countDown();
            uninterrupted(ends);
            return Map.of();
        });
        archive.reported(report(1));
        begun.await();
        // When
        for (int sequence = 2; sequence <= 1_000; sequence++) {
            archive.reported(report(sequence));
        }
        // Then
        assertThat(archive.waiting()).isEqualTo(1);
        ends.countDown();
        awaitSequence(1_000);
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void withoutFontsTheNumbersAreWritten() throws IOException {
        // Given
        open(LONG, report -> {
            throw new NoClassDefFoundError("sun.awt.X11FontManager");
        });
        // When
        archive.reported(report(7));
        // Then
        awaitSequence(7);
        assertThat(counts.withoutPictures.get()).isEqualTo(1);
    }

    @Test
    void anEarlierReportDoesNotReplaceThatOfAnotherInstance() throws IOException {
        // Given: another instance took the key over while this one had a report waiting
        open(Duration.ZERO, none -> Map.of());
        archive.reported(report(9));
        awaitSequence(9);
        MetricReport earlier = report(8);
        earlier.setEmittedAt(SampleReports.TIME.minusSeconds(5));
        // When
        archive.reported(earlier);
        // Then
        await().atMost(PATIENCE).until(() -> counts.skipped.get() == 1);
        assertThat(sequence()).isEqualTo(9);
    }

    private static MetricReport report(long sequence) {
        MetricReport report = SampleReports.classificationReport();
        report.setSequence(sequence);
        return report;
    }

    private JsonNode awaitSequence(long sequence) throws IOException {
        await().atMost(PATIENCE).until(() -> sequence() == sequence);
        return json();
    }

    private long sequence() throws IOException {
        return store.find(ObjectKey.of(PREFIX + "report.json")).isEmpty()
                ? 0
                : json().get("sequence").longValue();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(store.get(ObjectKey.of(PREFIX + "report.json"), 1 << 20));
    }

    private List<String> names() throws IOException {
        return store.list("").stream()
                .map(ObjectEntry::key)
                .map(ObjectKey::value)
                .toList();
    }
}
