package io.lensmill.metricsworker;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.UUID;

/** State of its own, and reports soon. */
public final class OwnState implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        String run = UUID.randomUUID().toString();
        return Map.of(
                "lensmill.metrics.report-interval",
                "PT0.5S",
                "lensmill.metrics.archive-interval",
                "PT1S",
                "lensmill.metrics.state-dir",
                System.getProperty("java.io.tmpdir") + "/lensmill-metrics-" + run,
                "quarkus.kafka-streams.application-id",
                "lensmill-metrics-" + run,
                "quarkus.http.test-port",
                "0");
    }
}
