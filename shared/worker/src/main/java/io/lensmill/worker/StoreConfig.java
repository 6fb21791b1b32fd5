package io.lensmill.worker;

import io.lensmill.storage.StoreSettings;
import io.smallrye.config.WithDefault;
import java.util.Locale;
import java.util.Optional;

/** The settings {@code lensmill.store.*}: where the object store stands and who we are to it. */
public interface StoreConfig {

    @WithDefault("http://127.0.0.1:9000")
    String endpoint();

    Optional<String> accessKey();

    Optional<String> secretKey();

    @WithDefault("lensmill")
    String bucket();

    @WithDefault("us-east-1")
    String region();

    /** For a worker that can do without a store: empty when a key is missing or blank. */
    default Optional<StoreSettings> settings() {
        Optional<String> access = accessKey().filter(key -> !key.isBlank());
        Optional<String> secret = secretKey().filter(key -> !key.isBlank());
        return access.isEmpty() || secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new StoreSettings(endpoint(), access.get(), secret.get(), bucket(), region()));
    }

    /**
     * For a worker that needs the store.
     *
     * @throws IllegalStateException when a key is missing; names the property and its environment variable
     */
    default StoreSettings requiredSettings() {
        return new StoreSettings(
                endpoint(),
                required("lensmill.store.access-key", accessKey()),
                required("lensmill.store.secret-key", secretKey()),
                bucket(),
                region());
    }

    private static String required(String property, Optional<String> value) {
        return value.filter(text -> !text.isBlank())
                .orElseThrow(() -> new IllegalStateException("The setting " + property
                        + " is missing (environment variable "
                        + property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_") + ")"));
    }
}
