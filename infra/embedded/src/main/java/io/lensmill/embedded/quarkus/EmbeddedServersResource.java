package io.lensmill.embedded.quarkus;

import io.lensmill.embedded.SharedServers;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Gives a {@code @QuarkusTest} a real broker and a real object store:
 * {@code @QuarkusTestResource(EmbeddedServersResource.class)}.
 *
 * <p>All tests of a JVM share the two servers, so a test takes topics, keys and ids of its own. The resource sets
 * {@code kafka.bootstrap.servers} and {@code lensmill.store.endpoint}, {@code access-key}, {@code secret-key},
 * {@code bucket} and {@code region}.
 */
public final class EmbeddedServersResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return SharedServers.configuration();
    }

    @Override
    public void stop() {
        // The servers outlive each application; they stop with the JVM.
    }
}
