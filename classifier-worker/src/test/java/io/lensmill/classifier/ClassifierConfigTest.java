package io.lensmill.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.storage.StoreSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Property names and defaults, as README.md tells them. */
class ClassifierConfigTest {

    @Test
    void defaults() {
        // Given / When
        ClassifierConfig config = config(Map.of());

        // Then
        assertThat(List.of(
                        config.store().endpoint(),
                        config.store().bucket(),
                        config.store().region()))
                .containsExactly("http://127.0.0.1:9000", "lensmill", "us-east-1");
        assertThat(config.store().settings()).isEmpty();
        assertThat(config.topics().replicationFactor()).isEqualTo((short) -1);
        assertThat(config.topics().retentionHours()).isEqualTo(720);
        assertThat(config.classifier().threads()).isZero();
        assertThat(config.classifier().lanes()).isZero();
        assertThat(config.classifier().batchSize()).isEqualTo(32);
        assertThat(config.classifier().modelsInMemory()).isEqualTo(2);
        assertThat(config.classifier().maxImageSide()).isEqualTo(4096);
        assertThat(config.classifier().maxImageBytes()).isEqualTo(32L * 1024 * 1024);
    }

    @Test
    void everySettingHasAName() {
        // Given / When
        ClassifierConfig config = config(Map.ofEntries(
                Map.entry("lensmill.store.endpoint", "https://store.example"),
                Map.entry("lensmill.store.access-key", "reader"),
                Map.entry("lensmill.store.secret-key", "secret"),
                Map.entry("lensmill.store.bucket", "lenses"),
                Map.entry("lensmill.store.region", "eu"),
                Map.entry("lensmill.topics.replication-factor", "3"),
                Map.entry("lensmill.topics.retention-hours", "48"),
                Map.entry("lensmill.classifier.threads", "4"),
                Map.entry("lensmill.classifier.lanes", "5"),
                Map.entry("lensmill.classifier.batch-size", "6"),
                Map.entry("lensmill.classifier.models-in-memory", "7"),
                Map.entry("lensmill.classifier.max-image-side", "8"),
                Map.entry("lensmill.classifier.max-image-bytes", "9")));

        // Then
        assertThat(config.store().requiredSettings())
                .isEqualTo(new StoreSettings("https://store.example", "reader", "secret", "lenses", "eu"));
        assertThat(config.topics().replicationFactor()).isEqualTo((short) 3);
        assertThat(config.topics().retentionHours()).isEqualTo(48);
        assertThat(List.of(
                        config.classifier().threads(),
                        config.classifier().lanes(),
                        config.classifier().batchSize(),
                        config.classifier().modelsInMemory(),
                        config.classifier().maxImageSide()))
                .containsExactly(4, 5, 6, 7, 8);
        assertThat(config.classifier().maxImageBytes()).isEqualTo(9);
    }

    private static ClassifierConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(ClassifierConfig.class)
                .withDefaultValues(properties)
                .build()
                .getConfigMapping(ClassifierConfig.class);
    }
}
