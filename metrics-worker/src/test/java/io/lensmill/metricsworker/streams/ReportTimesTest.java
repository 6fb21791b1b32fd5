package io.lensmill.metricsworker.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.metricsworker.collection.CollectionKey;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTimesTest {

    private static final long START = 1_000_000;
    private static final ReportKey KEY = ReportKey.all(new CollectionKey("model", "held-out"));
    private static final ReportKey OTHER = ReportKey.all(new CollectionKey("model", "made"));
    private static final ReportKey HOUR = ReportKey.lastHour(new CollectionKey("model", "held-out"));

    private final ReportTimes times = new ReportTimes(Duration.ofSeconds(1));

    @Test
    void aKeyIsDueAtOnceAndThenAfterAnInterval() {
        // Given
        assertThat(times.isDue(KEY, START)).isTrue();
        // When
        times.begun(KEY, START);
        // Then
        assertThat(times.isDue(KEY, START + 999)).isFalse();
        assertThat(times.isDue(KEY, START + 1_000)).isTrue();
    }

    @Test
    void reportsThatAreEachSomewhatLateKeepTheirPace() {
        // Given
        times.begun(KEY, START);
        // When: each is begun 130 ms after it was due
        for (int number = 1; number <= 100; number++) {
            assertThat(times.isDue(KEY, START + 1_000L * number - 1)).isFalse();
            times.begun(KEY, START + 1_000L * number + 130);
        }
        // Then
        assertThat(times.isDue(KEY, START + 101_000)).isTrue();
    }

    @Test
    void whatWasMissedForAnIntervalIsNotMadeUpFor() {
        // Given
        times.begun(KEY, START);
        // When
        times.begun(KEY, START + 5_400);
        // Then
        assertThat(times.isDue(KEY, START + 6_399)).isFalse();
        assertThat(times.isDue(KEY, START + 6_400)).isTrue();
    }

    @Test
    void aWindowIsDueOnceAMinuteAndOnceAnIntervalThatIsLonger() {
        // Given
        ReportTimes slow = new ReportTimes(Duration.ofMinutes(5));
        // When
        times.begun(HOUR, START);
        slow.begun(HOUR, START);
        // Then
        assertThat(times.isDue(HOUR, START + 59_999)).isFalse();
        assertThat(times.isDue(HOUR, START + 60_000)).isTrue();
        assertThat(slow.isDue(HOUR, START + 60_000)).isFalse();
        assertThat(slow.isDue(HOUR, START + 300_000)).isTrue();
    }

    @Test
    void inAHurryACollectionNeedNotWaitForAMinute() {
        // Given
        times.begun(KEY, START);
        times.begun(HOUR, START);
        times.begun(OTHER, START);
        // When
        times.hurry("held-out", START + 10);
        // Then
        assertThat(times.isDue(KEY, START + 10)).isTrue();
        assertThat(times.isDue(HOUR, START + 10)).isFalse();
        assertThat(times.isDue(OTHER, START + 10)).isFalse();
        times.begun(KEY, START + 20);
        assertThat(times.isDue(KEY, START + 20)).isTrue();
        times.begun(KEY, START + 60_010);
        assertThat(times.isDue(KEY, START + 60_020)).isFalse();
    }

    @Test
    void theOneThatHasBeenDueLongestComesFirst() {
        // Given
        times.begun(KEY, START);
        times.begun(OTHER, START + 1);
        times.begun(HOUR, START - 10);
        // When, Then: a key that was never reported comes before all
        ReportKey fresh = ReportKey.all(new CollectionKey("model", "fresh"));
        assertThat(Stream.of(HOUR, OTHER, KEY, fresh).sorted(times.longestDue()))
                .containsExactly(fresh, KEY, OTHER, HOUR);
    }
}
