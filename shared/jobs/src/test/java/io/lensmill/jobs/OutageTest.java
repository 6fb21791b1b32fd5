package io.lensmill.jobs;

import static io.lensmill.contracts.JobState.CANCELLED;
import static io.lensmill.contracts.JobState.FAILED;
import static io.lensmill.contracts.JobState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectDamagedException;
import io.lensmill.storage.ObjectKeyRefusedException;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.ObjectTooLargeException;
import io.lensmill.storage.ObjectUnreadableException;
import io.lensmill.storage.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Infrastructure ends no job; an answer about an object does. */
class OutageTest {

    private static final String ORIGIN = "requests-0@7";

    private final RecordingPublisher published = new RecordingPublisher();
    private final Cancellations cancellations = new Cancellations();
    private final JobRunner runner =
            new JobRunner(new InMemoryObjectStore(), published, cancellations, new TickingClock());
    private final AtomicInteger attempts = new AtomicInteger();

    /** A job that does one thing, which ends so for its first attempts. */
    private TestJob insisting(IOException failure, int times) {
        return new TestJob("job-1", context -> {
            context.insist("Writing the checkpoint", () -> {
                if (attempts.getAndIncrement() < times) {
                    throw failure;
                }
                return attempts;
            });
            return new JobResult(Map.of(), Map.of(), "done");
        });
    }

    @Test
    void anOutageIsWaitedOutAndSaidOnce() {
        // Given
        TestJob job = insisting(new StoreUnavailableException("no store at http://store:9000"), 4);

        // When
        runner.run(job, ORIGIN);

        // Then
        assertThat(published.last().getState()).isEqualTo(SUCCEEDED);
        assertThat(published.events)
                .extracting(JobEvent::getMessage)
                .filteredOn(message -> message.contains("waits"))
                .containsExactly(
                        "Writing the checkpoint waits for the object store or the broker; the worker's log says more.");
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(new ObjectNotFoundException("none"), RefusalCode.OBJECT_NOT_FOUND),
                Arguments.of(new ObjectTooLargeException("large"), RefusalCode.TOO_LARGE),
                Arguments.of(new ObjectKeyRefusedException("long"), RefusalCode.INVALID_PARAMETER),
                Arguments.of(new ObjectUnreadableException("denied"), RefusalCode.OBJECT_UNREADABLE),
                Arguments.of(new ObjectDamagedException("cut"), RefusalCode.OBJECT_UNREADABLE));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerAboutAnObjectEndsTheJobAtOnce(ObjectRefusedException answer, RefusalCode code) {
        // When
        runner.run(insisting(answer, Integer.MAX_VALUE), ORIGIN);

        // Then
        assertThat(published.last().getState()).isEqualTo(FAILED);
        assertThat(published.last().getMessage()).isEqualTo(answer.getMessage());
        assertThat(attempts).hasValue(1);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerAboutAnObjectRefusesTheRequestThatIsChecked(ObjectRefusedException answer, RefusalCode code) {
        // Given
        Job job = new Job() {
            @Override
            public String jobId() {
                return "job-1";
            }

            @Override
            public JobKind kind() {
                return JobKind.GENERATION;
            }

            @Override
            public void check() throws IOException {
                throw answer;
            }

            @Override
            public JobResult execute(JobContext context) {
                throw new IllegalStateException("A job that was refused is done");
            }
        };

        // When
        JobOutcome outcome = runner.run(job, ORIGIN);

        // Then
        assertThat(((JobOutcome.Refused) outcome).reason().code()).isEqualTo(code);
    }

    @Test
    void aCancellationIsHeardInTheMiddleOfAPause() {
        // Given: the fifth pause has more than three seconds.
        TestJob job = insisting(new StoreUnavailableException("no store"), Integer.MAX_VALUE);
        CompletableFuture<JobOutcome> outcome = CompletableFuture.supplyAsync(() -> runner.run(job, ORIGIN));
        await().atMost(Duration.ofSeconds(20)).until(() -> attempts.get() == 5);
        long asked = System.nanoTime();

        // When
        cancellations.accept(new CancelRequest("1.0", "job-1", "enough"));

        // Then
        assertThat(outcome).succeedsWithin(Duration.ofSeconds(10));
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(2_500));
        assertThat(published.last().getState()).isEqualTo(CANCELLED);
    }
}
