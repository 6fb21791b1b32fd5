package io.lensmill.metricsworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.metricsworker.streams.TopologySettings;
import io.lensmill.storage.StoreSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Property names and defaults, as README.md tells them. */
class MetricsConfigTest {

    @Test
    void defaults() {
        // Given / When
        MetricsConfig config = config(Map.of());
        // Then
        assertThat(config.topics().replicationFactor()).isEqualTo((short) -1);
        assertThat(config.topics().retentionHours()).isEqualTo(720);
        assertThat(config.metrics().reportShare()).isEqualTo(0.2);
        assertThat(config.metrics().archiveInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.metrics().bandwidths()).isEqualTo(List.of("2", "4", "8", "16", "auto"));
        TopologySettings settings = config.topology(4);
        assertThat(settings.reportInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.seenRetention()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.maxDimensions()).isEqualTo(2048);
        assertThat(settings.foldRows()).isEqualTo(2048);
        assertThat(settings.collectionsInMemory()).isEqualTo(32);
        assertThat(settings.report().sampleRows()).isEqualTo(2000);
        assertThat(settings.report().relativeRows()).isEqualTo(500);
        assertThat(settings.report().frequencies()).isEqualTo(256);
        assertThat(settings.report().seed()).isEqualTo(1);
        assertThat(settings.report().embeddings().bandwidths()).containsExactly(2.0, 4.0, 8.0, 16.0);
    }

    @Test
    void everySettingHasAName() {
        // Given / When
        MetricsConfig config = config(Map.ofEntries(
                Map.entry("lensmill.topics.replication-factor", "3"),
                Map.entry("lensmill.topics.retention-hours", "48"),
                Map.entry("lensmill.metrics.report-interval", "PT0.5S"),
                Map.entry("lensmill.metrics.report-share", "0.5"),
                Map.entry("lensmill.metrics.bandwidths", "1.5, auto"),
                Map.entry("lensmill.metrics.sample-rows", "10"),
                Map.entry("lensmill.metrics.relative-rows", "11"),
                Map.entry("lensmill.metrics.random-features", "12"),
                Map.entry("lensmill.metrics.seed", "13"),
                Map.entry("lensmill.metrics.seen-retention", "PT1H"),
                Map.entry("lensmill.metrics.max-embedding-size", "14"),
                Map.entry("lensmill.metrics.fold-rows", "15"),
                Map.entry("lensmill.metrics.collections-in-memory", "16"),
                Map.entry("lensmill.metrics.archive-interval", "PT17S")));
        // Then
        TopologySettings settings = config.topology(4);
        assertThat(config.topics().replicationFactor()).isEqualTo((short) 3);
        assertThat(config.topics().retentionHours()).isEqualTo(48);
        assertThat(config.metrics().reportShare()).isEqualTo(0.5);
        assertThat(config.metrics().archiveInterval()).isEqualTo(Duration.ofSeconds(17));
        assertThat(settings.reportInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.seenRetention()).isEqualTo(Duration.ofHours(1));
        assertThat(List.of(settings.maxDimensions(), settings.foldRows(), settings.collectionsInMemory()))
                .containsExactly(14, 15, 16);
        assertThat(settings.report().bandwidths()).hasSize(2);
        assertThat(List.of(
                        settings.report().sampleRows(),
                        settings.report().relativeRows(),
                        settings.report().frequencies()))
                .containsExactly(10, 11, 12);
        assertThat(settings.report().seed()).isEqualTo(13);
    }

    @Test
    void withoutKeysThereIsNoStore() {
        assertThat(config(Map.of()).store().settings()).isEmpty();
        assertThat(config(Map.of("lensmill.store.access-key", "a")).store().settings())
                .isEmpty();
    }

    @Test
    void theStoreHasTheNamesOfTheOtherWorkers() {
        // Given / When
        MetricsConfig usual =
                config(Map.of("lensmill.store.access-key", "reader", "lensmill.store.secret-key", "secret"));
        MetricsConfig own = config(Map.of(
                "lensmill.store.endpoint", "https://store.example",
                "lensmill.store.access-key", "reader",
                "lensmill.store.secret-key", "secret",
                "lensmill.store.bucket", "lenses",
                "lensmill.store.region", "eu"));
        // Then
        assertThat(usual.store().settings())
                .contains(new StoreSettings("http://127.0.0.1:9000", "reader", "secret", "lensmill", "us-east-1"));
        assertThat(own.store().settings())
                .contains(new StoreSettings("https://store.example", "reader", "secret", "lenses", "eu"));
    }

    @Test
    void nonsenseIsRefused() {
        assertRefused(
                "bandwidths", "2,wide", "lensmill.metrics.bandwidths must be numbers above 0 or 'auto'; got 'wide'");
        assertRefused("bandwidths", "-1", "got '-1'");
        assertRefused("sample-rows", "1", "sample-rows must be 2 or more");
        assertRefused("seen-retention", "PT1S", "seen-retention a minute or more");
        assertRefused("fold-rows", "0", "fold-rows must be 1 or more");
    }

    private static void assertRefused(String name, String value, String message) {
        MetricsConfig config = config(Map.of("lensmill.metrics." + name, value));
        assertThatThrownBy(() -> config.topology(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static MetricsConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(MetricsConfig.class)
                .withDefaultValues(properties)
                .build()
                .getConfigMapping(MetricsConfig.class);
    }
}
