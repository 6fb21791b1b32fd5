package io.lensmill.metrics.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.Topics;
import io.lensmill.metrics.Classifications;
import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.report.ReportComposer;
import io.lensmill.metrics.report.ReportSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the stores take on disk as results of generated images without labels come in, ten million by default. Takes
 * minutes to an hour; {@code infra/state-growth} runs this.
 */
@Tag("state-growth")
class StateGrowthTest {

    private static final int RESULTS = Integer.getInteger("lensmill.results", 10_000_000);
    private static final int DIMENSIONS = 16;
    private static final int DIFFERENT = 512;
    private static final int PER_TICK = 2000;
    private static final int ID_DIGITS = 12;
    private static final String ID = "generation-20260101-0001/" + "0".repeat(ID_DIGITS);

    @TempDir
    private Path stateDir;

    @Test
    void whatIsHeldOfAnImageIsSmallAndAllElseIsBounded() throws IOException {
        // Given
        ReportSettings report = new ReportSettings(List.of(Bandwidth.parse("8")), 100, 500, 32, 1);
        TopologySettings settings =
                new TopologySettings(1, Duration.ofSeconds(30), Duration.ofDays(30), DIMENSIONS, 2048, 32, report);
        var desk = new ReportDesk(new ReportComposer(report), Runnable::run, System::nanoTime, 1);
        List<byte[]> stock = stock();
        int idEnd = new String(stock.get(0), StandardCharsets.ISO_8859_1).indexOf(ID) + ID.length();
        Map<String, Long> early = Map.of();
        Map<String, Long> late = Map.of();

        // When
        try (TopologyTestDriver driver = new TopologyTestDriver(
                MetricsTopology.build(settings, desk, new MetricsTopologyTest.Counts(), ReportListener.NONE),
                properties(),
                Instant.parse("2026-01-01T00:00:00Z"))) {
            TestInputTopic<String, byte[]> input = driver.createInputTopic(
                    Topics.CLASSIFICATIONS.name(), new StringSerializer(), new ByteArraySerializer());
            TestOutputTopic<String, byte[]> reports = driver.createOutputTopic(
                    Topics.REPORTS.name(), new StringDeserializer(), new ByteArrayDeserializer());
            long begin = System.nanoTime();
            for (int number = 1; number <= RESULTS; number++) {
                byte[] message = numbered(stock.get(number % DIFFERENT), idEnd, number);
                input.pipeInput(
                        new String(message, idEnd - ID.length(), ID.length(), StandardCharsets.ISO_8859_1), message);
                if (number % PER_TICK == 0) {
                    driver.advanceWallClockTime(Duration.ofSeconds(1));
                    reports.readRecordsToList();
                }
                if (number == RESULTS / 10 || number == RESULTS / 100 || number == RESULTS) {
                    early = late;
                    late = bytesPerStore();
                    tell(number, begin, late);
                }
            }
        }

        // Then
        long perImage = (late.getOrDefault("seen", 0L) - early.getOrDefault("seen", 0L)) / (RESULTS - RESULTS / 10);
        assertThat(perImage).as("bytes per image in the store of seen images").isLessThan(300);
        late.forEach((store, bytes) -> {
            if (!store.equals("seen")) {
                assertThat(bytes).as("bytes of the store " + store).isLessThan(256L * 1024 * 1024);
            }
        });
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "growth");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        // As the worker runs, and so the driver writes no checkpoint after every record.
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksMemory.class);
        return properties;
    }

    private static List<byte[]> stock() {
        Random random = new Random(5);
        List<byte[]> stock = new ArrayList<>();
        for (int i = 0; i < DIFFERENT; i++) {
            float[] embedding = new float[DIMENSIONS];
            for (int k = 0; k < DIMENSIONS; k++) {
                embedding[k] = (float) random.nextGaussian();
            }
            float no = random.nextFloat() / 2;
            float sphere = random.nextFloat() / 2;
            Classification message = Classifications.message("classifier-20260101", "generated/demo", 0, embedding)
                    .setImageId(ID)
                    .setRole(ImageRole.GENERATED)
                    .setScores(List.of(
                            new ClassScore("no", no),
                            new ClassScore("sphere", sphere),
                            new ClassScore("vort", 1 - no - sphere)))
                    .build();
            stock.add(Envelope.encode(message));
        }
        return stock;
    }

    private static byte[] numbered(byte[] message, int idEnd, long number) {
        byte[] copy = message.clone();
        for (int i = 1; i <= ID_DIGITS; i++, number /= 10) {
            copy[idEnd - i] = (byte) ('0' + number % 10);
        }
        return copy;
    }

    /** application/task/rocksdb/store/file; stores in segments lie beside the folder rocksdb. */
    private Map<String, Long> bytesPerStore() throws IOException {
        Map<String, Long> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(stateDir)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                Path place = stateDir.relativize(file);
                int store = place.getName(2).toString().equals("rocksdb") ? 3 : 2;
                bytes.merge(place.getName(store).toString(), size(file), Long::sum);
            });
        } catch (UncheckedIOException e) {
            throw new IOException("The state changed while it was counted", e);
        }
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            // RocksDB has replaced it.
            return 0;
        }
    }

    private static void tell(int number, long begin, Map<String, Long> bytes) {
        System.out.printf("%,d results after %d s:", number, (System.nanoTime() - begin) / 1_000_000_000);
        bytes.forEach((store, size) -> System.out.printf(" %s %.1f MB", store, size / 1e6));
        System.out.printf("%n");
    }
}
