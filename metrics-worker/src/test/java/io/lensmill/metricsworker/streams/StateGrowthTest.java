package io.lensmill.metricsworker.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.metricsworker.collection.CollectionKey;
import io.lensmill.metricsworker.collection.Extractor;
import io.lensmill.metricsworker.collection.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the memory of seen images, the one store that grows with every result, takes on disk: ten million results of
 * generated images without a label by default. Takes minutes; {@code infra/state-growth} runs this.
 */
@Tag("state-growth")
class StateGrowthTest {

    private static final int RESULTS = Integer.getInteger("lensmill.results", 10_000_000);
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final long NOW = 1_767_225_600_000L;
    private static final List<String> CLASSES = List.of("no", "sphere", "vort");

    @TempDir
    private Path stateDir;

    private final Random random = new Random(5);

    private double bytesPerImage;

    @Test
    void whatIsKeptOfAnImageIsSmall() {
        // Given: a processor that remembers all images at its one record, since the driver commits after each
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(MetricsTopology.SEEN, RETENTION, MetricsTopology.WINDOW, false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingDisabled());
        builder.stream("begin", Consumed.with(Serdes.String(), Serdes.String()))
                .process(Remembering::new, MetricsTopology.SEEN);

        // When
        try (TopologyTestDriver driver = new TopologyTestDriver(builder.build(), properties())) {
            driver.createInputTopic("begin", new StringSerializer(), new StringSerializer())
                    .pipeInput("now");
        }

        // Then
        assertThat(bytesPerImage).as("bytes per image").isLessThan(300);
    }

    private final class Remembering implements Processor<String, String, Void, Void> {

        private WindowStore<Bytes, byte[]> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            store = context.getStateStore(MetricsTopology.SEEN);
        }

        @Override
        public void process(Record<String, String> begin) {
            SeenImages seen = new SeenImages(store, RETENTION);
            long started = System.nanoTime();
            for (int number = 1; number <= RESULTS; number++) {
                Observation image = image(number);
                long now = NOW + number / 1000;
                if (!seen.contains(image, 0, now)) {
                    seen.add(image, 0, true, now);
                }
                if (number == RESULTS / 100 || number == RESULTS / 10 || number == RESULTS) {
                    store.flush();
                    tell(number, started);
                }
            }
        }
    }

    private void tell(int number, long started) {
        long bytes = bytesOnDisk();
        bytesPerImage = bytes / (double) number;
        System.out.printf(
                "%,d images after %d s: %.1f MB, %.0f bytes each%n",
                number, (System.nanoTime() - started) / 1_000_000_000, bytes / 1e6, bytesPerImage);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "growth");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksMemory.class);
        return properties;
    }

    private Observation image(int number) {
        float no = random.nextFloat() / 2;
        float sphere = random.nextFloat() / 2;
        return new Observation(
                new CollectionKey("classifier-20260101", "generated/demo"),
                "generation-20260101-0001/" + number,
                true,
                "held-out",
                "",
                new Extractor("classifier-20260101:weights:minmax-v1", 1),
                true,
                CLASSES,
                new float[] {no, sphere, 1 - no - sphere},
                "vort",
                new float[] {1},
                NOW / 600_000,
                Optional.empty());
    }

    private long bytesOnDisk() {
        try (Stream<Path> files = Files.walk(stateDir)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
