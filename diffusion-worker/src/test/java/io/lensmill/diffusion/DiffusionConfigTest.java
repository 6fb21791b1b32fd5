package io.lensmill.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.storage.StoreSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Property names and defaults, as README.md tells them. */
class DiffusionConfigTest {

    @Test
    void defaults() {
        // Given / When
        DiffusionConfig config = config(Map.of());

        // Then
        assertThat(List.of(
                        config.store().endpoint(),
                        config.store().bucket(),
                        config.store().region()))
                .containsExactly("http://127.0.0.1:9000", "lensmill", "us-east-1");
        assertThat(config.store().settings()).isEmpty();
        assertThat(config.topics().replicationFactor()).isEqualTo((short) -1);
        assertThat(config.topics().retentionHours()).isEqualTo(720);
        assertThat(config.diffusion().threads()).isZero();
        assertThat(config.diffusion().generationJobs()).isEqualTo(4);
        assertThat(config.diffusion().batchImages()).isEqualTo(64);
        assertThat(config.diffusion().batchPixels()).isEqualTo(64 * 64 * 64);
    }

    @Test
    void everySettingHasAName() {
        // Given / When
        DiffusionConfig config = config(Map.ofEntries(
                Map.entry("lensmill.store.endpoint", "https://store.example"),
                Map.entry("lensmill.store.access-key", "reader"),
                Map.entry("lensmill.store.secret-key", "secret"),
                Map.entry("lensmill.store.bucket", "lenses"),
                Map.entry("lensmill.store.region", "eu"),
                Map.entry("lensmill.topics.replication-factor", "3"),
                Map.entry("lensmill.topics.retention-hours", "48"),
                Map.entry("lensmill.diffusion.threads", "4"),
                Map.entry("lensmill.diffusion.generation-jobs", "5"),
                Map.entry("lensmill.diffusion.batch-images", "6"),
                Map.entry("lensmill.diffusion.batch-pixels", "7")));

        // Then
        assertThat(config.store().requiredSettings())
                .isEqualTo(new StoreSettings("https://store.example", "reader", "secret", "lenses", "eu"));
        assertThat(config.topics().replicationFactor()).isEqualTo((short) 3);
        assertThat(config.topics().retentionHours()).isEqualTo(48);
        assertThat(List.of(
                        config.diffusion().threads(),
                        config.diffusion().generationJobs(),
                        config.diffusion().batchImages(),
                        config.diffusion().batchPixels()))
                .containsExactly(4, 5, 6, 7);
    }

    private static DiffusionConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(DiffusionConfig.class)
                .withDefaultValues(properties)
                .build()
                .getConfigMapping(DiffusionConfig.class);
    }
}
