package io.lensmill.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.embedded.quarkus.EmbeddedServersResource;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmbeddedServersResourceTest {

    @Test
    void givesEveryApplicationOfAJvmTheSameServers() throws Exception {
        // Given
        EmbeddedServersResource first = new EmbeddedServersResource();
        Map<String, String> configuration = first.start();
        first.stop();

        // When
        Map<String, String> second = new EmbeddedServersResource().start();

        // Then
        assertThat(second).isEqualTo(configuration);
        assertThat(new KafkaClients(second.get("kafka.bootstrap.servers")).clusterId())
                .isNotEmpty();
        assertReachable(second);
    }

    private static void assertReachable(Map<String, String> configuration) throws IOException {
        StoreSettings settings = new StoreSettings(
                configuration.get("lensmill.store.endpoint"),
                configuration.get("lensmill.store.access-key"),
                configuration.get("lensmill.store.secret-key"),
                configuration.get("lensmill.store.bucket"),
                configuration.get("lensmill.store.region"));
        try (MinioObjectStore store = MinioObjectStore.connect(settings)) {
            assertThat(store.list("")).isEmpty();
        }
    }
}
