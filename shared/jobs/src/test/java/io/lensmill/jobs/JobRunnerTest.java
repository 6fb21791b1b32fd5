package io.lensmill.jobs;

import static io.lensmill.contracts.JobState.ACCEPTED;
import static io.lensmill.contracts.JobState.CANCELLED;
import static io.lensmill.contracts.JobState.FAILED;
import static io.lensmill.contracts.JobState.REJECTED;
import static io.lensmill.contracts.JobState.RUNNING;
import static io.lensmill.contracts.JobState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JobRunnerTest {

    private static final String ORIGIN = "requests-0@7";

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final RecordingPublisher published = new RecordingPublisher();
    private final Cancellations cancellations = new Cancellations();
    private final TickingClock clock = new TickingClock();
    private final JobRunner runner = new JobRunner(store, published, cancellations, clock);

    @Test
    void publishesTheLifeOfAJobInOrder() {
        // Given
        TestJob job = TestJob.succeeding("job-1");

        // When
        JobOutcome outcome = runner.run(job, ORIGIN);

        // Then
        assertThat(published.states()).containsExactly(ACCEPTED, RUNNING, SUCCEEDED);
        assertThat(outcome).isEqualTo(new JobOutcome.Ended(published.last()));
        assertThat(published.last().getMetrics()).containsEntry("auc", 0.9);
        assertThat(published.last().getResults()).containsEntry("modelId", "job-1");
        assertThat(published.last().getMessage()).isEqualTo("done");
        assertThat(runner.runningJobs()).isZero();
    }

    @Test
    void rejectsWithTheReasonAndLeavesTheIdFree() {
        // Given
        TestJob job = TestJob.succeeding("job-1");
        job.refusal = new RefusedException(RefusalCode.UNKNOWN_PRESET, "There is no preset 'x'; there are a, b.");

        // When
        JobOutcome outcome = runner.run(job, ORIGIN);

        // Then
        assertThat(outcome).isEqualTo(new JobOutcome.Refused(job.refusal));
        assertThat(published.states()).containsExactly(REJECTED);
        assertThat(published.last().getMessage()).isEqualTo("There is no preset 'x'; there are a, b.");
        assertThat(job.begun).isZero();
        assertThat(runner.run(TestJob.succeeding("job-1"), "requests-0@8")).isInstanceOf(JobOutcome.Ended.class);
    }

    @Test
    void refusesIdsThatCannotNameAnObject() {
        // Given
        TestJob job = TestJob.succeeding("../other");

        // When
        JobOutcome outcome = runner.run(job, ORIGIN);

        // Then: no event either, for the id is no key
        assertThat(outcome).isInstanceOfSatisfying(JobOutcome.Refused.class, refused -> {
            assertThat(refused.reason().code()).isEqualTo(RefusalCode.INVALID_PARAMETER);
            assertThat(refused.reason()).hasMessageContaining("jobId").hasMessageContaining("../other");
        });
        assertThat(published.events).isEmpty();
        assertThat(job.begun).isZero();
    }

    @Test
    void aRepeatFromAnotherOriginIsADuplicate() {
        // Given
        runner.run(TestJob.succeeding("job-1"), ORIGIN);
        JobEvent end = published.last();
        clock.advance(Duration.ofHours(1));
        TestJob again = TestJob.succeeding("job-1");

        // When
        JobOutcome outcome = runner.run(again, "requests-0@8");

        // Then
        assertThat(outcome).isInstanceOfSatisfying(JobOutcome.Refused.class, refused -> assertThat(
                        refused.reason().code())
                .isEqualTo(RefusalCode.DUPLICATE_JOB));
        assertThat(again.begun).isZero();
        assertThat(published.last()).isEqualTo(end);
        assertThat(published.states()).containsExactly(ACCEPTED, RUNNING, SUCCEEDED, SUCCEEDED);
    }

    @Test
    void aRedeliveryIsAcknowledgedAndNotDoneAgain() {
        // Given
        JobOutcome first = runner.run(TestJob.succeeding("job-1"), ORIGIN);
        TestJob again = TestJob.succeeding("job-1");

        // When: as another process would after a crash
        JobOutcome outcome = new JobRunner(store, published, cancellations, clock).run(again, ORIGIN);

        // Then
        assertThat(outcome).isEqualTo(first);
        assertThat(again.begun).isZero();
    }

    @Test
    void anIdAtWorkIsADuplicateToo() throws Exception {
        // Given
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        TestJob slow = new TestJob("job-1", context -> {
            atWork.countDown();
            mayEnd.await(10, TimeUnit.SECONDS);
            return new JobResult(Map.of(), Map.of(), "");
        });
        CompletableFuture<JobOutcome> first = CompletableFuture.supplyAsync(() -> runner.run(slow, ORIGIN));
        atWork.await(10, TimeUnit.SECONDS);

        // When
        JobOutcome second = runner.run(TestJob.succeeding("job-1"), "requests-1@0");

        // Then
        mayEnd.countDown();
        assertThat(second).isInstanceOfSatisfying(JobOutcome.Refused.class, refused -> assertThat(refused.reason())
                .hasMessageContaining("is at work now"));
        assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(JobOutcome.Ended.class);
        assertThat(published.states()).containsExactly(ACCEPTED, RUNNING, SUCCEEDED);
    }

    @Test
    void theSameRequestDeliveredAgainMeanwhileWaitsAndIsAnsweredWithTheEnd() throws Exception {
        // Given: as when the request's partition went to another worker and came back
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        TestJob slow = new TestJob("job-1", context -> {
            atWork.countDown();
            mayEnd.await(10, TimeUnit.SECONDS);
            return new JobResult(Map.of(), Map.of(), "");
        });
        CompletableFuture<JobOutcome> first = CompletableFuture.supplyAsync(() -> runner.run(slow, ORIGIN));
        atWork.await(10, TimeUnit.SECONDS);
        TestJob again = TestJob.succeeding("job-1");
        Thread redelivery = new Thread(() -> runner.run(again, ORIGIN));
        redelivery.start();
        await().until(() -> redelivery.getState() == Thread.State.WAITING);

        // When
        mayEnd.countDown();
        redelivery.join(10_000);

        // Then
        assertThat(first.get(10, TimeUnit.SECONDS)).isInstanceOf(JobOutcome.Ended.class);
        assertThat(again.begun).isZero();
        assertThat(published.states()).containsExactly(ACCEPTED, RUNNING, SUCCEEDED, SUCCEEDED);
    }

    @Test
    void anUnreadableRecordIsNeverOverwritten() throws Exception {
        // Given
        store.put(BucketLayout.jobRecord("job-1"), "garbage".getBytes(StandardCharsets.UTF_8));
        TestJob job = TestJob.succeeding("job-1");

        // When
        JobOutcome outcome = runner.run(job, ORIGIN);

        // Then
        assertThat(outcome).isInstanceOfSatisfying(JobOutcome.Refused.class, refused -> assertThat(refused.reason())
                .hasMessageContaining("cannot be read"));
        assertThat(job.begun).isZero();
    }

    @Test
    void cancelsInMidRun() {
        // Given
        TestJob job = new TestJob("job-1", context -> {
            for (int step = 0; step < 1000; step++) {
                context.throwIfStopped();
                context.report(JobProgress.of(step, 1000));
                if (step == 5) {
                    cancellations.accept(new CancelRequest("1.0", "job-1", "no longer needed"));
                }
            }
            throw new AssertionError("was not cancelled");
        });

        // When
        JobOutcome outcome = runner.run(job, ORIGIN);

        // Then
        assertThat(outcome).isInstanceOf(JobOutcome.Ended.class);
        assertThat(published.last().getState()).isEqualTo(CANCELLED);
        assertThat(published.last().getMessage()).isEqualTo("no longer needed");
        assertThat(published.last().getStep()).isEqualTo(5);
    }

    @Test
    void cancelsBeforeTheStart() {
        // Given
        cancellations.accept(new CancelRequest("1.0", "job-1", "sent by mistake"));
        TestJob job = TestJob.succeeding("job-1");

        // When
        runner.run(job, ORIGIN);

        // Then
        assertThat(job.begun).isZero();
        assertThat(published.states()).containsExactly(ACCEPTED, CANCELLED);
    }

    @Test
    void aFailureEndsTheJobWithItsMessage() {
        // Given
        TestJob job = new TestJob("job-1", context -> {
            throw new IllegalStateException("the loss is NaN at step 3");
        });
        TestJob broken = new TestJob("job-2", context -> {
            throw new NoClassDefFoundError();
        });
        TestJob unchecked = TestJob.succeeding("job-3");
        unchecked.checkFailure = new NullPointerException("a fault of ours");

        // When
        JobOutcome outcome = runner.run(job, ORIGIN);
        runner.run(broken, "requests-0@8");
        runner.run(unchecked, "requests-0@9");

        // Then
        assertThat(outcome).isInstanceOf(JobOutcome.Ended.class);
        assertThat(published.states()).containsExactly(ACCEPTED, RUNNING, FAILED, ACCEPTED, RUNNING, FAILED, FAILED);
        assertThat(published.events.get(2).getMessage()).isEqualTo("the loss is NaN at step 3");
        assertThat(published.events.get(5).getMessage()).isEqualTo("NoClassDefFoundError");
        assertThat(published.last().getMessage()).isEqualTo("a fault of ours");
    }

    @Test
    void shutdownInterruptsAndTheJobIsResumed() throws Exception {
        // Given: a job that keeps its step in the store
        ObjectKey checkpoint = BucketLayout.checkpoint("job-1");
        TestJob.Work counting = context -> {
            int step = store.find(checkpoint).isEmpty() ? 0 : store.get(checkpoint, 1)[0];
            for (; step < 100; step++) {
                try {
                    context.throwIfStopped();
                } catch (JobInterruptedException e) {
                    store.put(checkpoint, new byte[] {(byte) step});
                    throw e;
                }
                if (step == 40) {
                    runner.shutdown();
                }
                context.report(JobProgress.of(step + 1, 100));
            }
            return new JobResult(Map.of(), Map.of(), "");
        };

        // When
        JobOutcome first = runner.run(new TestJob("job-1", counting), ORIGIN);
        boolean recorded = store.find(BucketLayout.jobRecord("job-1")).isPresent();
        JobRunner restarted = new JobRunner(store, published, cancellations, clock);
        JobOutcome second = restarted.run(new TestJob("job-1", counting), ORIGIN);

        // Then
        assertThat(first).isInstanceOf(JobOutcome.Interrupted.class);
        assertThat(recorded).isFalse();
        assertThat(store.get(checkpoint, 1)).containsExactly(41);
        assertThat(second).isInstanceOf(JobOutcome.Ended.class);
        assertThat(published.last().getStep()).isEqualTo(100);
        assertThat(runner.awaitIdle(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void publishesAtMostOneProgressASecondAndTheMeanLoss() {
        // Given
        TestJob job = new TestJob("job-1", context -> {
            for (int step = 1; step <= 30; step++) {
                clock.advance(Duration.ofMillis(100));
                context.report(JobProgress.of(step, 30).withLoss(step));
            }
            context.report(
                    JobProgress.of(30, 30).withMessage("contact sheet ready").atOnce());
            return new JobResult(Map.of(), Map.of(), "");
        });

        // When
        runner.run(job, ORIGIN);

        // Then
        assertThat(published.states())
                .containsExactly(ACCEPTED, RUNNING, RUNNING, RUNNING, RUNNING, RUNNING, SUCCEEDED);
        assertThat(published.events).extracting(JobEvent::getStep).containsExactly(0L, 0L, 1L, 11L, 21L, 30L, 30L);
        assertThat(published.events.get(3).getLoss()).isEqualTo((2 + 11) / 2.0);
        assertThat(published.events.get(5).getMessage()).isEqualTo("contact sheet ready");
    }

    @Test
    void aBrokerThatIsAwayCostsProgressButNeverTheEnd() {
        // Given
        TestJob job = new TestJob("job-1", context -> {
            await().until(() -> published.states().contains(RUNNING));
            published.failNext(1);
            context.report(JobProgress.of(1, 2).atOnce());
            published.failNext(2);
            return new JobResult(Map.of(), Map.of(), "");
        });

        // When
        runner.run(job, ORIGIN);

        // Then
        assertThat(published.states()).containsExactly(ACCEPTED, RUNNING, SUCCEEDED);
    }

    @Test
    @Timeout(60)
    void aBrokerThatIsSilentNeverDelaysAJobAndNoProgressFollowsTheEnd() {
        // Given: a broker that takes what is to be taken for sure, and never answers to progress
        CountDownLatch never = new CountDownLatch(1);
        JobEventPublisher silent = event -> {
            if (event.getState() == RUNNING) {
                awaitInterrupted(never);
            }
            published.publish(event);
        };
        long[] longestReport = {0};
        TestJob job = new TestJob("job-1", context -> {
            for (int step = 1; step <= 10 * ProgressEvents.MOST_WAITING; step++) {
                long begun = System.nanoTime();
                context.report(JobProgress.of(step, 1000).atOnce());
                longestReport[0] = Math.max(longestReport[0], System.nanoTime() - begun);
            }
            return new JobResult(Map.of(), Map.of(), "");
        });

        // When
        JobOutcome outcome = new JobRunner(store, silent, cancellations, clock).run(job, ORIGIN);

        // Then
        assertThat(Duration.ofNanos(longestReport[0])).isLessThan(Duration.ofSeconds(2));
        assertThat(outcome).isInstanceOf(JobOutcome.Ended.class);
        assertThat(published.states()).containsExactly(ACCEPTED, SUCCEEDED);
    }

    @Test
    void whoWaitsForTheBrokerAtShutdownIsInterruptedAndNotFailed() throws Exception {
        // Given: as a sender does that is stopped while the broker is away
        TestJob working = new TestJob("job-1", context -> {
            throw new WorkerStoppedException();
        });
        TestJob checking = TestJob.succeeding("job-2");
        checking.checkFailure = new WorkerStoppedException();

        // When
        JobOutcome first = runner.run(working, ORIGIN);
        JobOutcome second = runner.run(checking, "requests-0@8");

        // Then
        assertThat(first).isInstanceOf(JobOutcome.Interrupted.class);
        assertThat(second).isInstanceOf(JobOutcome.Interrupted.class);
        assertThat(store.list("jobs/")).isEmpty();
    }

    private static void awaitInterrupted(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("no answer", e);
        }
    }

    @Test
    void insistsWhileTheStoreIsAway() {
        // Given
        int[] attempts = {0};
        TestJob job = new TestJob("job-1", context -> {
            int worked = context.insist("writing the checkpoint", () -> {
                if (++attempts[0] < 3) {
                    throw new IOException("no store");
                }
                return attempts[0];
            });
            return new JobResult(Map.of("attempts", (double) worked), Map.of(), "");
        });

        // When
        runner.run(job, ORIGIN);

        // Then
        assertThat(published.last().getMetrics()).containsEntry("attempts", 3.0);
    }

    @Test
    void aJobClearsUpAfterItsEndIsKnown() {
        // Given
        TestJob job = TestJob.succeeding("job-1");

        // When
        runner.run(job, ORIGIN);

        // Then
        assertThat(job.end).isEqualTo(published.last());
    }

    @Test
    void shutdownEndsTheWaitForABrokerThatIsAway() {
        // Given
        published.failNext(Integer.MAX_VALUE);
        CompletableFuture<JobOutcome> outcome =
                CompletableFuture.supplyAsync(() -> runner.run(TestJob.succeeding("job-1"), ORIGIN));
        await().until(() -> runner.runningJobs() == 1);

        // When
        runner.shutdown();

        // Then
        assertThat(outcome).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(JobOutcome.Interrupted.class);
    }
}
