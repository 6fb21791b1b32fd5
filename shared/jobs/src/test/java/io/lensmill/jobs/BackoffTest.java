package io.lensmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3));

    @Test
    void pausesDoubleUpToTheLongest() {
        // When
        Stream<Duration> pauses = Stream.generate(backoff::next).limit(5);

        // Then
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(500L, 1_000L, 2_000L, 3_000L, 3_000L);
    }

    @Test
    void afterASuccessTheyBeginAnew() {
        // Given
        backoff.next();
        backoff.next();

        // When
        backoff.reset();

        // Then
        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aFirstPauseAboveTheLongestIsRefused() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(4), Duration.ofSeconds(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got PT4S");
    }
}
