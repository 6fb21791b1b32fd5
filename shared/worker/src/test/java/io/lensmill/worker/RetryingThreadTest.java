package io.lensmill.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.jobs.WorkerStoppedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryingThreadTest {

    private final RetryingThread thread = new RetryingThread(Executors.newSingleThreadExecutor());
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void whatFailsIsTriedAgainAndNothingOvertakesIt() throws Exception {
        // Given
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch failed = new CountDownLatch(1);
        thread.handle("first", () -> {
            if (attempts.incrementAndGet() == 1) {
                failed.countDown();
                throw new IOException("away");
            }
            return done.add("first");
        });

        // When
        CompletableFuture<Boolean> second =
                thread.handle("second", () -> done.add("second")).toCompletableFuture();
        failed.await();
        await().until(() -> thread.trouble().isPresent());

        // Then
        second.get(10, TimeUnit.SECONDS);
        assertThat(done).containsExactly("first", "second");
        assertThat(thread.trouble()).isEmpty();
    }

    @Test
    void afterWorkThatWasGivenUpNoOtherIsDone() throws Exception {
        // Given
        CompletableFuture<Void> first = thread.<Void>handle("first", () -> {
                    throw new WorkerStoppedException();
                })
                .toCompletableFuture();

        // When
        CompletableFuture<Boolean> second =
                thread.handle("second", () -> done.add("second")).toCompletableFuture();
        thread.stop(Duration.ofSeconds(5), () -> done.add("last"));

        // Then: nothing is acknowledged, neither the first nor what came after it
        assertThat(done).containsExactly("last");
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
    }
}
