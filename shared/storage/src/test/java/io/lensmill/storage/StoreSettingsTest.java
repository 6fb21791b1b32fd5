package io.lensmill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSettingsTest {

    private static final String ENDPOINT = "http://127.0.0.1:9000";

    @Test
    void hidesTheSecret() {
        // Given
        StoreSettings settings = new StoreSettings(ENDPOINT, "account", "s3cr3t", "lensmill", "us-east-1");

        // When
        String text = settings.toString();

        // Then
        assertThat(text).contains(ENDPOINT, "account", "lensmill", "us-east-1").doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:9000", "https://s3.example.org", "http://[::1]:9000", "http://minio:9000"})
    void takesEndpoints(String endpoint) {
        assertThatNoException().isThrownBy(() -> new StoreSettings(endpoint, "a", "s", "lensmill", "r"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:9000",
                "ftp://host",
                "http://host/path",
                "http://host/",
                "http://u@host",
                "http://host?x=1",
                "http:///"
            })
    void refusesOtherEndpoints(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(endpoint, "a", "s", "lensmill", "r"))
                .withMessageContainingAll("endpoint", "'" + endpoint + "'");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "ab", "Lensmill", "lens_mill", "-lensmill", "lensmill.", "lens/mill"})
    void refusesOtherBuckets(String bucket) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(ENDPOINT, "a", "s", bucket, "r"))
                .withMessageContainingAll("bucket", "'" + bucket + "'");
    }

    @Test
    void refusesMissingCredentialsWithoutShowingTheOthers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(ENDPOINT, " ", "s3cr3t", "lensmill", "r"))
                .withMessage("accessKey must not be empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(ENDPOINT, "a", null, "lensmill", "r"))
                .withMessage("secretKey must not be empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(ENDPOINT, "a", "s3cr3t", "lensmill", ""))
                .withMessage("region must not be empty");
    }
}
