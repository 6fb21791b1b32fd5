package io.lensmill.metricsworker.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkShareTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - SECOND);

    private void work(WorkShare share, long nanos) {
        assertThat(share.begin()).isTrue();
        assertThat(share.begin()).as("one at a time").isFalse();
        long begun = clock.get();
        clock.addAndGet(nanos);
        share.end(begun);
    }

    @Test
    void restsInProportionToItsWork() {
        // Given
        WorkShare share = new WorkShare(clock::get, 0.2);
        // When
        work(share, SECOND);
        // Then
        clock.addAndGet(4 * SECOND - 1);
        assertThat(share.isFree()).isFalse();
        clock.addAndGet(1);
        assertThat(share.isFree()).isTrue();
    }

    @Test
    void withLeewayShortWorkFollowsAtOnceUntilTooMuchRestIsOwed() {
        // Given
        WorkShare share = new WorkShare(clock::get, 0.2, SECOND);
        // When: 400 ms are owed after each
        work(share, 100 * MILLI);
        work(share, 100 * MILLI);
        assertThat(share.isFree()).as("800 ms are owed").isTrue();
        work(share, 100 * MILLI);
        // Then
        assertThat(share.isFree()).as("1,200 ms are owed").isFalse();
        clock.addAndGet(200 * MILLI);
        assertThat(share.isFree()).isTrue();
    }

    @Test
    void leewayDoesNotRaiseTheShareInTheLongRun() {
        // Given
        WorkShare share = new WorkShare(clock::get, 0.2, SECOND);
        long begin = clock.get();
        long worked = 0;
        // When
        while (clock.get() - begin < 1_000 * SECOND) {
            if (share.isFree()) {
                work(share, 30 * MILLI);
                worked += 30 * MILLI;
            } else {
                clock.addAndGet(MILLI);
            }
        }
        // Then
        assertThat(worked / (1_000.0 * SECOND)).isBetween(0.199, 0.202);
    }
}
