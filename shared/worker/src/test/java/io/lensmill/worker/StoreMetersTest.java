package io.lensmill.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.storage.StoreObserver.Outcome;
import io.lensmill.storage.StoreOperation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoreMetersTest {

    @Test
    void callsAreTimedByOperationAndOutcome() {
        // Given
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StoreMeters meters = new StoreMeters(registry);

        // When
        meters.ended(StoreOperation.GET, Outcome.UNAVAILABLE, 3_000_000);
        meters.ended(StoreOperation.GET, Outcome.UNAVAILABLE, 4_000_000);
        meters.repeated();

        // Then
        var away = registry.get("lensmill.store.requests")
                .tags("operation", "get", "outcome", "unavailable")
                .timer();
        assertThat(away.count()).isEqualTo(2);
        assertThat(away.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7);
        assertThat(registry.get("lensmill.store.requests")
                        .tags("operation", "put", "outcome", "ok")
                        .timer()
                        .count())
                .isZero();
        assertThat(registry.get("lensmill.store.repeated").counter().count()).isEqualTo(1);
    }
}
