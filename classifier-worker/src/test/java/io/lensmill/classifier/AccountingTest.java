package io.lensmill.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.classifier.Accounting.Source;
import io.lensmill.classifier.scoring.Outcome;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class AccountingTest {

    private static final long NOW = 1_000_000_000_000L;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Accounting accounting =
            new Accounting(registry, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));

    @Test
    void latencyIsFromTheRecordsTimeAndTimesThatCannotBeStayOut() {
        // When
        accounting.written(
                List.of(record(NOW - 250), record(NOW + 5_000), record(0)), List.of(refused(), refused(), refused()));

        // Then
        Timer latency = registry.get("lensmill.image.latency").timer();
        assertThat(latency.count()).isEqualTo(1);
        assertThat(latency.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
        assertThat(registry.get("lensmill.image.timestamps.odd").counter().count())
                .isEqualTo(2);
        assertThat(registry.get("lensmill.images.refused")
                        .tag("source", "images")
                        .counter()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void theBrokersTimeIsBelievedHoweverLongAnImageWaited() {
        // When
        accounting.written(
                List.of(record(NOW - Duration.ofDays(40).toMillis(), TimestampType.LOG_APPEND_TIME)),
                List.of(refused()));

        // Then
        assertThat(registry.get("lensmill.image.latency").timer().totalTime(TimeUnit.DAYS))
                .isEqualTo(40);
        assertThat(registry.get("lensmill.image.timestamps.odd").counter().count())
                .isZero();
    }

    @Test
    void modelsThatAreNotUsedAnyMoreLoseTheirCounter() {
        // When
        for (int i = 0; i <= Accounting.MODELS; i++) {
            accounting.classified(Source.SAMPLES, List.of(result("model-" + i), result("model-" + i)));
        }

        // Then
        assertThat(registry.find("lensmill.images.classified.by.model").counters())
                .hasSize(Accounting.MODELS)
                .allSatisfy(counter -> assertThat(counter.count()).isEqualTo(2))
                .extracting(counter -> Optional.ofNullable(counter.getId().getTag("model")))
                .doesNotContain(Optional.of("model-0"));
        assertThat(registry.get("lensmill.images.classified")
                        .tag("source", "samples")
                        .counter()
                        .count())
                .isEqualTo(2 * (Accounting.MODELS + 1));
    }

    private static Outcome refused() {
        return new Outcome.Refused(new RefusedException(RefusalCode.UNDECODABLE, "broken"));
    }

    private static Classification result(String modelId) {
        Classification result = new Classification();
        result.setModelId(modelId);
        return result;
    }

    private static ConsumerRecord<String, byte[]> record(long timestamp) {
        return record(timestamp, TimestampType.CREATE_TIME);
    }

    private static ConsumerRecord<String, byte[]> record(long timestamp, TimestampType time) {
        return new ConsumerRecord<>(
                "images", 0, 0, timestamp, time, 0, 0, "key", new byte[0], new RecordHeaders(), Optional.empty());
    }
}
