package io.lensmill.metricsworker;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.streams.KafkaStreams;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once the streams run. Quarkus' own readiness check sees only whether the topics exist; its liveness check
 * covers a client that stopped.
 */
@Readiness
@ApplicationScoped
public class MetricsHealth implements HealthCheck {

    private final KafkaStreams streams;

    public MetricsHealth(KafkaStreams streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        KafkaStreams.State state = streams.state();
        return HealthCheckResponse.named("Metrics streams run")
                .status(state == KafkaStreams.State.RUNNING)
                .withData("state", state.name())
                .build();
    }
}
