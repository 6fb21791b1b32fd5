package io.lensmill.metrics.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.metrics.collection.CollectionKey;
import io.lensmill.metrics.collection.Extractor;
import io.lensmill.metrics.collection.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
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

    @Test
    void whatIsKeptOfAnImageIsSmall() throws IOException {
        // Given
        WindowStore<Bytes, byte[]> store = Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(MetricsTopology.SEEN, RETENTION, MetricsTopology.WINDOW, false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        var context = new MockProcessorContext<Void, Void>(properties(), new TaskId(0, 0), stateDir.toFile());
        store.init(context.getStateStoreContext(), store);
        SeenImages seen = new SeenImages(store, RETENTION);
        long bytes = 0;

        // When
        long begin = System.nanoTime();
        for (int number = 1; number <= RESULTS; number++) {
            Observation image = image(number);
            long now = NOW + number / 1000;
            if (!seen.contains(image, 0, now)) {
                seen.add(image, 0, true, now);
            }
            if (number == RESULTS / 100 || number == RESULTS / 10 || number == RESULTS) {
                store.flush();
                bytes = bytesOnDisk();
                System.out.printf(
                        "%,d images after %d s: %.1f MB, %.0f bytes each%n",
                        number, (System.nanoTime() - begin) / 1_000_000_000, bytes / 1e6, bytes / (double) number);
            }
        }
        store.close();

        // Then
        assertThat(bytes / RESULTS).as("bytes per image").isLessThan(300);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "growth");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
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
                NOW / 600_000);
    }

    private long bytesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(stateDir)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
