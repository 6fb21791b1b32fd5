package io.lensmill.metricsworker;

import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.LogHealth;
import io.lensmill.worker.reading.UnseenLedger;
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
    private final BrokerTopics topics;
    private final UnseenLedger unseen;

    public MetricsHealth(KafkaStreams streams, BrokerTopics topics, UnseenLedger unseen) {
        this.streams = streams;
        this.topics = topics;
        this.unseen = unseen;
    }

    @Override
    public HealthCheckResponse call() {
        KafkaStreams.State state = streams.state();
        return LogHealth.report("Metrics streams run", topics, unseen)
                .status(state == KafkaStreams.State.RUNNING)
                .withData("state", state.name())
                .build();
    }
}
