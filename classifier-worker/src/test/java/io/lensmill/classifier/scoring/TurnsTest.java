package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void onlyOneWorksAtATime() throws Exception {
        // Given
        Turns turns = new Turns();
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);

        // When
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            all.add(threads.submit(() -> turns.take(() -> {
                most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                Thread.yield();
                return atWork.decrementAndGet();
            })));
        }
        for (Future<?> one : all) {
            one.get(20, TimeUnit.SECONDS);
        }
        threads.shutdown();

        // Then
        assertThat(most).hasValue(1);
    }
}
