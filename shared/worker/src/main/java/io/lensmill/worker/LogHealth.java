package io.lensmill.worker;

import io.lensmill.worker.reading.UnseenLedger;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * What every worker's health tells of the log that it reads. None of it makes a worker unready: what is gone does not
 * come back by stopping.
 */
public final class LogHealth {

    private LogHealth() {}

    /**
     * A report with {@code unseen}, the records that the worker's groups never saw since there is a record of it, also
     * by topic where there are some, and {@code topicsDeviating}, the topics that are not as they should be.
     */
    public static HealthCheckResponseBuilder report(String name, BrokerTopics topics, UnseenLedger unseen) {
        Map<String, Long> byTopic = unseen.ofThisWorker();
        HealthCheckResponseBuilder report = HealthCheckResponse.named(name)
                .withData(
                        "unseen",
                        byTopic.values().stream().mapToLong(Long::longValue).sum())
                .withData("topicsDeviating", topics.deviating());
        byTopic.forEach((topic, records) -> report.withData("unseen of " + topic, records));
        return report;
    }
}
