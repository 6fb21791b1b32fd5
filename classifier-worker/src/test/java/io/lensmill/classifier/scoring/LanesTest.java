package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes(3, Thread::new);

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void everyItemIsDoneOnceWhateverTheirNumber() throws Exception {
        for (int items : new int[] {0, 1, 2, 3, 7, 8, 9, 100, 256, 1000}) {
            // Given
            AtomicIntegerArray done = new AtomicIntegerArray(items);

            // When
            lanes.run(items, (lane, first, end) -> {
                for (int i = first; i < end; i++) {
                    done.incrementAndGet(i);
                }
            });

            // Then
            assertThat(IntStream.range(0, items).map(done::get)).hasSize(items).allMatch(times -> times == 1);
        }
    }

    @Test
    void piecesKeepTheirLimitAndGetSmallerTowardsTheEnd() throws Exception {
        // Given
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

        // When
        new Lanes(1, Thread::new).run(256, (lane, first, end) -> sizes.add(end - first));

        // Then
        assertThat(sizes).isSortedAccordingTo(Collections.reverseOrder()).containsSubsequence(64, 32, 16, 8);
        assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(1, 64));
    }

    @Test
    void lanesWorkAtTheSameTimeButEachOnOnePieceOnly() throws Exception {
        // Given
        CountDownLatch allAtWork = new CountDownLatch(3);
        AtomicIntegerArray atWork = new AtomicIntegerArray(3);

        // When
        lanes.run(64, (lane, first, end) -> {
            assertThat(atWork.incrementAndGet(lane)).isEqualTo(1);
            allAtWork.countDown();
            awaitQuietly(allAtWork);
            atWork.decrementAndGet(lane);
        });

        // Then
        assertThat(allAtWork.getCount()).isZero();
    }

    @Test
    void workForEachLaneIsDoneInEachOfThem() throws Exception {
        // Given
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());

        // When
        lanes.each(seen::add);

        // Then
        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void aStoreThatDoesNotAnswerFailsTheBatch() {
        // When / Then
        assertThatThrownBy(() -> lanes.run(100, (lane, first, end) -> {
                    throw new IOException("nobody there");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("nobody there");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
