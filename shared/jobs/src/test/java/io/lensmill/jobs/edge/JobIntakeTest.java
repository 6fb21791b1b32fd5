package io.lensmill.jobs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.jobs.JobResult;
import io.lensmill.jobs.JobRunner;
import io.lensmill.messaging.TextHeaders;
import io.lensmill.storage.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class JobIntakeTest {

    private final List<JobEvent> events = new ArrayList<>();
    private final List<ProducerRecord<String, byte[]>> letters = new ArrayList<>();
    private final JobRunner runner =
            new JobRunner(new InMemoryObjectStore(), events::add, new Cancellations(), Clock.systemUTC());
    private final JobIntake intake = new JobIntake(runner, letters::add);

    @Test
    void runsWhatItCanDecode() {
        // Given
        ConsumerRecord<String, byte[]> record =
                record(3, Envelope.encode(new TrainingRequest("1.0", "job-1", "lenses", "smoke", Map.of(), 0L, null)));

        // When
        JobOutcome outcome = intake.work(record, JobIntakeTest::job);

        // Then
        assertThat(outcome).isInstanceOf(JobOutcome.Ended.class);
        assertThat(letters).isEmpty();
    }

    @Test
    void answersGarbageAndDuplicatesWithDeadLetters() {
        // Given
        byte[] request = Envelope.encode(new TrainingRequest("1.0", "job-1", "lenses", "smoke", Map.of(), 0L, null));
        intake.work(record(3, request), JobIntakeTest::job);

        // When
        intake.work(record(4, "garbage".getBytes(StandardCharsets.UTF_8)), JobIntakeTest::job);
        intake.work(record(5, request), JobIntakeTest::job);
        intake.work(record(5, null), JobIntakeTest::job);

        // Then
        assertThat(letters).allSatisfy(letter -> assertThat(letter.topic()).isEqualTo(Topics.DEAD_LETTERS.name()));
        assertThat(letters)
                .extracting(letter -> TextHeaders.of(letter.headers()).get(DeadLetterHeaders.REASON_CODE))
                .containsExactly("UNDECODABLE", "DUPLICATE_JOB", "UNDECODABLE");
    }

    private static ConsumerRecord<String, byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>("requests", 0, offset, "job-1", value);
    }

    private static Job job(byte[] value) throws RefusedException {
        String jobId = Envelope.decode(value, TrainingRequest.class).getJobId();
        return new Job() {
            @Override
            public String jobId() {
                return jobId;
            }

            @Override
            public JobKind kind() {
                return JobKind.DIFFUSION_TRAINING;
            }

            @Override
            public void check() {
                // Every request will do.
            }

            @Override
            public JobResult execute(JobContext context) {
                return new JobResult(Map.of(), Map.of(), "");
            }
        };
    }
}
