package io.lensmill.metricsworker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.EmbeddingSettings;
import io.lensmill.metricsworker.collection.CollectionKey;
import io.lensmill.metricsworker.collection.CollectionTally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DetailsDeskTest {

    private static final long SECOND = 1_000_000_000;

    /** Something that waits for its time. */
    private record Later(long nanos, Runnable task) {}

    private final AtomicLong clock = new AtomicLong();
    private final Queue<Runnable> atWork = new ArrayDeque<>();
    private final Queue<Later> later = new ArrayDeque<>();
    private final List<String> news = new ArrayList<>();
    private long workNanos = SECOND;
    private RuntimeException failure;

    private final DetailsDesk desk = new DetailsDesk(
            this::work,
            this::work,
            atWork::add,
            (nanos, task) -> later.add(new Later(nanos, task)),
            new WorkShare(clock::get, 0.25),
            clock::get);

    private Details work(SnapshotPair pair) {
        clock.addAndGet(workNanos);
        if (failure != null) {
            throw failure;
        }
        return new Details(pair.identity(), List.of(figure(pair.rows())), Optional.empty());
    }

    private static NamedEstimate figure(long n) {
        return NamedEstimate.newBuilder()
                .setName("kid")
                .setGroup(EstimateGroup.REALISM)
                .setTitle("KID")
                .setEstimate(EstimateDraft.by("exact", n).build())
                .build();
    }

    /** Of a collection, as it stood at some time; half of the rows on each side. */
    private static SnapshotPair pair(String collection, String identity, int rows) {
        return new SnapshotPair(snapshot(collection, identity, rows / 2), snapshot("real", "r", rows / 2));
    }

    private static CollectionSnapshot snapshot(String collection, String identity, int rows) {
        EmbeddingAccumulator embeddings = new EmbeddingAccumulator(new EmbeddingSettings(10_000, 3, 1, List.of()), 1);
        for (int i = 0; i < rows; i++) {
            embeddings.add(EmbeddingRow.of(collection + i, new float[] {i}));
        }
        return new CollectionSnapshot(
                new CollectionKey("m", collection), identity, new CollectionTally(), Optional.of(embeddings));
    }

    private Details ask(SnapshotPair pair) {
        return desk.plan(pair, () -> news.add(pair.place())).details().get();
    }

    private boolean isComplete(SnapshotPair pair) {
        return desk.plan(pair, () -> {}).complete();
    }

    private static long rowsOf(Details details) {
        return details.figures().get(0).getEstimate().getN();
    }

    @Test
    void beforeTheFirstOnesOnlyFewRowsAreTakenToBeQuick() {
        // When
        Details few = ask(pair("made", "few", 500));
        Details many = ask(pair("other", "many", 502));
        // Then
        assertThat(rowsOf(few)).isEqualTo(500);
        assertThat(many).isEqualTo(Details.NONE);
        assertThat(atWork).hasSize(1);
    }

    @Test
    void whatTakesLongIsWorkedOutApartAndTheOlderNumbersStayMeanwhile() {
        // Given
        ask(pair("made", "first", 500));
        SnapshotPair second = pair("made", "second", 502);
        // When
        Details meanwhile = ask(second);
        boolean completeBefore = isComplete(second);
        atWork.remove().run();
        // Then
        assertThat(rowsOf(meanwhile)).isEqualTo(500);
        assertThat(completeBefore).isFalse();
        assertThat(news).containsExactly(second.place());
        assertThat(isComplete(second)).isTrue();
        assertThat(rowsOf(ask(second))).isEqualTo(502);
    }

    @Test
    void whatWasQuickIsTakenToBeQuickForSlightlyMoreRowsOnly() {
        // Given
        workNanos = SECOND / 100;
        ask(pair("made", "first", 500));
        ask(pair("made", "second", 624));
        // When
        boolean slightlyMore = isComplete(pair("made", "third", 780));
        boolean muchMore = isComplete(pair("made", "third", 800));
        // Then
        assertThat(slightlyMore).isTrue();
        assertThat(muchMore).isFalse();
    }

    @Test
    void restsAfterItsWorkAndThenCallsWhoWaits() {
        // Given: one at work, two that wait
        ask(pair("made", "first", 600));
        SnapshotPair waiting = pair("other", "first", 600);
        SnapshotPair last = pair("third", "first", 600);
        ask(waiting);
        ask(last);
        // When
        atWork.remove().run();
        Later rest = later.remove();
        // Then: a share of a quarter means three seconds of rest after one of work
        assertThat(news).hasSize(1);
        assertThat(rest.nanos()).isEqualTo(3 * SECOND);
        // When
        clock.addAndGet(rest.nanos());
        rest.task().run();
        // Then: the one that waited longest is called, and does not lose its turn to the other
        assertThat(news).endsWith(waiting.place()).hasSize(2);
        assertThat(atWork).isEmpty();
        ask(waiting);
        assertThat(atWork).hasSize(1);
    }

    @Test
    void whoIsCalledAndDoesNotComeLosesItsTurn() {
        // Given
        ask(pair("made", "first", 600));
        ask(pair("gone", "first", 600));
        SnapshotPair next = pair("next", "first", 600);
        ask(next);
        atWork.remove().run();
        Later rest = later.remove();
        clock.addAndGet(rest.nanos());
        rest.task().run();
        // When
        Later lost = later.remove();
        clock.addAndGet(lost.nanos());
        lost.task().run();
        // Then
        assertThat(news).endsWith(next.place());
    }

    @Test
    void afterAFailureTheOlderNumbersStandForTheNewerImages() {
        // Given
        ask(pair("made", "first", 500));
        SnapshotPair second = pair("made", "second", 600);
        failure = new ArithmeticException("did not converge");
        // When
        ask(second);
        atWork.remove().run();
        // Then: the same images are not tried again
        assertThat(isComplete(second)).isTrue();
        assertThat(rowsOf(ask(second))).isEqualTo(500);
        assertThat(news).containsExactly(second.place());
    }

    @Test
    void afterAFailureOfTheFirstOnesThereAreNoneForTheseImages() {
        // Given
        SnapshotPair first = pair("made", "first", 600);
        failure = new ArithmeticException("did not converge");
        // When
        ask(first);
        atWork.remove().run();
        // Then
        assertThat(isComplete(first)).isTrue();
        assertThat(ask(first).figures()).isEmpty();
    }
}
