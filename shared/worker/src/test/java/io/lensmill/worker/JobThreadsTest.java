package io.lensmill.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobResult;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.KnownJobs;
import io.lensmill.jobs.WorkerStoppedException;
import io.lensmill.messaging.TextHeaders;
import io.lensmill.storage.InMemoryObjectStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class JobThreadsTest {

    private final List<JobEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> ends = new CopyOnWriteArrayList<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final List<ProducerRecord<String, byte[]>> letters = new CopyOnWriteArrayList<>();
    private final KnownJobs known = new KnownJobs();
    private final JobThreads threads = new JobThreads(
            new JobRunner(new InMemoryObjectStore(), events::add, new Cancellations(), Clock.systemUTC()),
            letters::add,
            new Rejections(known, () -> {}, events::add, Clock.systemUTC()),
            JobKind.GENERATION,
            executor,
            outcome -> ends.add(outcome.end()));

    @Test
    void aRequestIsAnsweredWhenItsJobHasEnded() throws Exception {
        // When
        JobThreads.Progress progress = threads.work(request(7), value -> new EndingJob(() -> {}));

        // Then
        get(progress.begun());
        get(progress.answered());
        assertThat(ends).containsExactly("SUCCEEDED");
    }

    @Test
    void aJobThatIsInterruptedIsNotAnsweredSoThatItComesAgain() throws Exception {
        // When
        JobThreads.Progress progress = threads.work(
                request(7),
                value -> new EndingJob(() -> {
                    throw new WorkerStoppedException();
                }));
        threads.stop();

        // Then
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(progress.begun()).isCompleted();
        assertThat(progress.answered().toCompletableFuture()).isNotDone();
        assertThat(ends).isEmpty();
    }

    @Test
    void anErrorOfOursIsNoAnswer() throws Exception {
        // When: not even decoding works
        JobThreads.Progress progress = threads.work(request(7), value -> {
            throw new NoClassDefFoundError("a native library");
        });
        threads.stop();

        // Then
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(progress.answered().toCompletableFuture()).isCompletedExceptionally();
        assertThat(ends).isEmpty();
    }

    @Test
    void afterTheStopNoRequestIsTaken() {
        // Given
        threads.stop();

        // When
        JobThreads.Progress progress = threads.work(request(7), value -> new EndingJob(() -> {}));

        // Then
        assertThat(progress.begun().toCompletableFuture()).isNotDone();
        assertThat(progress.answered().toCompletableFuture()).isNotDone();
    }

    @Test
    void garbageAndDuplicatesAreAnsweredWithDeadLetters() throws Exception {
        // Given
        get(threads.work(request(3), value -> new EndingJob(() -> {})).answered());

        // When
        get(threads.work(request(4), JobThreadsTest::garbage).answered());
        get(threads.work(request(5), value -> new EndingJob(() -> {})).answered());

        // Then
        assertThat(ends).containsExactly("SUCCEEDED", "REFUSED", "REFUSED");
        assertThat(letters).allSatisfy(letter -> assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS.name()));
        assertThat(letters)
                .extracting(letter -> TextHeaders.of(letter.headers()).get(DeadLetterHeaders.REASON_CODE))
                .containsExactly("UNDECODABLE", "DUPLICATE_JOB");
    }

    @Test
    void theSenderOfAnUnreadableRequestIsToldUnderItsJobsId() throws Exception {
        // When: once the message can be read up to the id, once it is no message at all and the key must do
        get(threads.work(
                        request("other", Envelope.encode(new CancelRequest("1.0", "gen-9", ""))),
                        JobThreadsTest::garbage)
                .answered());
        get(threads.work(request("gen-10", new byte[] {1}), JobThreadsTest::garbage)
                .answered());
        get(threads.work(request("no id of a job!", new byte[] {1}), JobThreadsTest::garbage)
                .answered());

        // Then
        assertThat(events).extracting(JobEvent::getJobId).containsExactly("gen-9", "gen-10");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getState()).isEqualTo(JobState.REJECTED);
            assertThat(event.getMessage()).isEqualTo("no request");
            assertThat(event.getKind()).isEqualTo(JobKind.GENERATION);
        });
        assertThat(letters).hasSize(3);
    }

    @Test
    void anUnreadableRequestDoesNotTakeThePlaceOfAJobsState() throws Exception {
        // Given: somebody works on gen-1, gen-2 was rejected before
        known.accept(event("gen-1", JobState.RUNNING));
        known.accept(event("gen-2", JobState.REJECTED));

        // When
        get(threads.work(request("gen-1", new byte[] {1}), JobThreadsTest::garbage)
                .answered());
        get(threads.work(request("gen-2", new byte[] {1}), JobThreadsTest::garbage)
                .answered());

        // Then
        assertThat(events).extracting(JobEvent::getJobId).containsExactly("gen-2");
        assertThat(letters).hasSize(2);
    }

    @Test
    void aFaultOfOursInReadingARequestIsAnsweredToo() throws Exception {
        // When
        get(threads.work(request(7), value -> {
                    throw new IllegalArgumentException("a fault");
                })
                .answered());

        // Then
        assertThat(letters)
                .extracting(letter -> TextHeaders.of(letter.headers()).get(DeadLetterHeaders.REASON_CODE))
                .containsExactly("INTERNAL_ERROR");
    }

    private static JobEvent event(String jobId, JobState state) {
        return JobEvent.newBuilder()
                .setJobId(jobId)
                .setKind(JobKind.GENERATION)
                .setState(state)
                .setOccurredAt(Instant.EPOCH)
                .build();
    }

    private static Job garbage(byte[] value) throws RefusedException {
        throw new RefusedException(RefusalCode.UNDECODABLE, "no request");
    }

    private static void get(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static ConsumerRecord<String, byte[]> request(long offset) {
        return new ConsumerRecord<>("requests", 0, offset, "job-1", new byte[0]);
    }

    private static ConsumerRecord<String, byte[]> request(String key, byte[] value) {
        return new ConsumerRecord<>("requests", 0, 1, key, value);
    }

    private record EndingJob(Runnable work) implements Job {
        @Override
        public String jobId() {
            return "job-1";
        }

        @Override
        public JobKind kind() {
            return JobKind.GENERATION;
        }

        @Override
        public void check() {
            // Every request will do.
        }

        @Override
        public JobResult execute(JobContext context) {
            work.run();
            return new JobResult(Map.of(), Map.of(), "");
        }
    }
}
