package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComputeLockTest {

    private final ComputeLock lock = new ComputeLock();
    private final ExecutorService threads = Executors.newFixedThreadPool(6);

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // Yields only so that others more often come in between.
    void whoWorksAloneIsAlone() throws Exception {
        // Given
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger inLanes = new AtomicInteger();
        AtomicInteger broken = new AtomicInteger();

        // When
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(threads.submit(() -> lock.exclusive().run(() -> {
                broken.addAndGet(atWork.incrementAndGet() - 1 + inLanes.get());
                Thread.yield();
                return atWork.decrementAndGet();
            })));
            all.add(threads.submit(() -> lock.shared().run(() -> {
                inLanes.incrementAndGet();
                broken.addAndGet(atWork.get());
                Thread.yield();
                return inLanes.decrementAndGet();
            })));
        }
        for (Future<?> one : all) {
            one.get(20, TimeUnit.SECONDS);
        }

        // Then
        assertThat(broken).hasValue(0);
    }

    @Test
    void lanesWorkSideBySide() throws Exception {
        // Given
        CyclicBarrier both = new CyclicBarrier(2);
        Callable<Integer> work = () -> lock.shared().run(() -> both.await(20, TimeUnit.SECONDS));

        // When
        List<Future<Integer>> arrivals = threads.invokeAll(List.of(work, work));

        // Then
        assertThat(arrivals.get(0).get() + arrivals.get(1).get()).isEqualTo(1);
    }
}
