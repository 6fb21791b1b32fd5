package io.lensmill.metrics.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.contracts.EstimateDraft;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DetailsDeskTest {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final DetailsDesk desk = new DetailsDesk(waiting::add, clock::get, 0.25);

    private static RealismDetails details(long n) {
        var estimate = EstimateDraft.by("exact", n).build();
        return new RealismDetails(Optional.empty(), estimate, estimate, estimate, List.of());
    }

    private RealismDetails taking(long nanos, long n) {
        clock.addAndGet(nanos);
        return details(n);
    }

    @Test
    void whatTakesLongIsWorkedOutApartAndTheOlderNumbersStayMeanwhile() {
        // Given
        desk.workOut("m/made", "first", 100, () -> taking(SECOND, 10));
        assertThat(desk.newest("m/made").isQuickFor(100)).isFalse();
        // When
        desk.offer("m/made", "second", 100, () -> () -> taking(SECOND, 20));
        // Then
        assertThat(desk.isFree()).isFalse();
        assertThat(desk.newest("m/made").identity()).isEqualTo("first");
        assertThat(desk.isNewest("m/made", "first")).isTrue();
        waiting.remove().run();
        assertThat(desk.newest("m/made").identity()).isEqualTo("second");
        assertThat(desk.newest("m/made").details().kid().getN()).isEqualTo(20);
        assertThat(desk.isNewest("m/made", "first")).isFalse();
    }

    @Test
    void restsAfterItsWork() {
        // Given
        desk.offer("m/made", "first", 100, () -> () -> taking(SECOND, 10));
        waiting.remove().run();
        // When, Then: a share of a quarter means three seconds of rest after one of work
        clock.addAndGet(3 * SECOND - 1);
        assertThat(desk.isFree()).isFalse();
        desk.offer("m/made", "second", 100, () -> () -> taking(SECOND, 20));
        assertThat(waiting).isEmpty();
        clock.addAndGet(1);
        assertThat(desk.isFree()).isTrue();
    }

    @Test
    void afterAFailureTheOlderNumbersStandForTheNewerImages() {
        // Given
        desk.workOut("m/made", "first", 100, () -> details(10));
        // When
        desk.offer("m/made", "second", 100, () -> () -> {
            throw new ArithmeticException("did not converge");
        });
        waiting.remove().run();
        // Then
        assertThat(desk.newest("m/made").identity()).isEqualTo("second");
        assertThat(desk.newest("m/made").details().kid().getN()).isEqualTo(10);
        assertThat(desk.isFree()).isTrue();
    }

    @Test
    void afterAFailureOfTheFirstOnesThereAreNoneForTheseImages() {
        // When
        desk.offer("m/made", "first", 1000, () -> () -> {
            throw new ArithmeticException("did not converge");
        });
        waiting.remove().run();
        // Then: the same images are not tried again
        assertThat(desk.isNewest("m/made", "first")).isTrue();
        assertThat(desk.newest("m/made").details()).isEqualTo(RealismDetails.NONE);
    }

    @Test
    void beforeTheFirstOnesOnlyFewRowsAreTakenToBeQuick() {
        // When
        DetailsDesk.Known none = desk.newest("m/made");
        // Then
        assertThat(none.identity()).isEmpty();
        assertThat(none.details()).isEqualTo(RealismDetails.NONE);
        assertThat(none.isQuickFor(500)).isTrue();
        assertThat(none.isQuickFor(501)).isFalse();
    }

    @Test
    void afterAPreparationThatFailedOthersGetTheirTurn() {
        // Given
        IllegalStateException failure = new IllegalStateException("no room for a copy");
        // When, Then
        assertThatThrownBy(() -> desk.offer("m/made", "first", 100, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        desk.offer("m/made", "second", 100, () -> () -> details(20));
        waiting.remove().run();
        assertThat(desk.isNewest("m/made", "second")).isTrue();
    }

    @Test
    void whatWasQuickIsTakenToBeQuickForSlightlyMoreRowsOnly() {
        // Given
        desk.workOut("m/made", "first", 1000, () -> taking(SECOND / 100, 10));
        // When
        DetailsDesk.Known known = desk.newest("m/made");
        // Then
        assertThat(known.isQuickFor(1200)).isTrue();
        assertThat(known.isQuickFor(2000)).isFalse();
    }
}
