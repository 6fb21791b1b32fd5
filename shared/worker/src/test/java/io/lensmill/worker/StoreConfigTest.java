package io.lensmill.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.storage.StoreSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreConfigTest {

    @Test
    void keysMakeSettings() {
        // Given
        StoreConfig config = new Keys(Optional.of("reader"), Optional.of("secret"));

        // When / Then
        StoreSettings expected = new StoreSettings("http://store", "reader", "secret", "lenses", "eu");
        assertThat(config.requiredSettings()).isEqualTo(expected);
        assertThat(config.settings()).contains(expected);
    }

    @Test
    void aMissingKeyIsNamedWithItsEnvironmentVariable() {
        // Given
        StoreConfig config = new Keys(Optional.of("reader"), Optional.of(" "));

        // When / Then
        assertThat(config.settings()).isEmpty();
        assertThatThrownBy(config::requiredSettings)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The setting lensmill.store.secret-key is missing (environment variable"
                        + " LENSMILL_STORE_SECRET_KEY)");
    }

    private record Keys(Optional<String> accessKey, Optional<String> secretKey) implements StoreConfig {
        @Override
        public String endpoint() {
            return "http://store";
        }

        @Override
        public String bucket() {
            return "lenses";
        }

        @Override
        public String region() {
            return "eu";
        }
    }
}
