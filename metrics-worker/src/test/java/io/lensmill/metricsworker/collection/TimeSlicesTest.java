package io.lensmill.metricsworker.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeSlicesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:34:56Z");

    private static boolean inWindow(Instant time) {
        return TimeSlices.inWindow(TimeSlices.of(time.toEpochMilli()), NOW.toEpochMilli());
    }

    @Test
    void theLastHourBeginsFiftyToSixtyMinutesAgo() {
        // Given, When, Then
        assertThat(inWindow(NOW)).isTrue();
        assertThat(inWindow(NOW.minus(Duration.ofMinutes(50)))).isTrue();
        assertThat(inWindow(NOW.minus(Duration.ofMinutes(60)))).isFalse();
        assertThat(TimeSlices.begin(TimeSlices.oldest(NOW.toEpochMilli())))
                .isEqualTo(Instant.parse("2026-01-01T11:40:00Z"));
    }

    @Test
    void theFutureIsNotInTheWindow() {
        // Given, When, Then
        assertThat(inWindow(NOW.plus(Duration.ofMinutes(20)))).isFalse();
    }

    @Test
    void timesBefore1970AreInTheFirstSlice() {
        // Given, When, Then
        assertThat(TimeSlices.of(-5)).isZero();
    }
}
