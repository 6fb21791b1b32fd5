package io.lensmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void countsFromWhereTheJobWasResumed() {
        // Given
        AtomicLong nanos = new AtomicLong(5);
        Pace pace = new Pace(100, nanos::get);

        // When
        nanos.addAndGet(2_000_000_000L);

        // Then
        assertThat(pace.stepsPerSecond(140)).isEqualTo(20);
        assertThat(pace.withEta(JobProgress.of(140, 200)).etaSeconds()).isEqualTo(3);
        assertThat(pace.withEta(JobProgress.of(100, 200)).etaSeconds()).isNull();
    }
}
