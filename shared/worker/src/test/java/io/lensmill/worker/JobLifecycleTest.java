package io.lensmill.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.ModelTask;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.jobs.JobResult;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.KnownJobs;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.messaging.TopicSettings;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.worker.reading.UnseenLedger;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class JobLifecycleTest {

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final Cancellations cancellations = new Cancellations();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final MessageSender sender = new MessageSender(producer);
    private final JobRunner runner = new JobRunner(store, event -> {}, cancellations, Clock.systemUTC());
    private final JobLifecycle lifecycle = new JobLifecycle(
            new BrokerTopics(Map.of(), new TopicSettings((short) -1, 720)),
            new WholeTopics(Map.of(), cancellations, new KnownJobs()),
            new PublishedModels(ModelTask.DIFFUSION, () -> {}),
            runner,
            sender,
            new UnseenLedger(Map.of(), gap -> {}),
            () -> null);

    @Test
    void theStopInterruptsAJobWhoseResultTheBrokerDoesNotTake() throws Exception {
        // Given
        CompletableFuture<JobOutcome> outcome =
                CompletableFuture.supplyAsync(() -> runner.run(new SendingJob(sender), "requests-0@7"));
        await().until(() -> producer.history().size() == 1);
        producer.errorNext(new TimeoutException("nobody there"));

        // When
        lifecycle.stop();

        // Then: no end is recorded, so the job goes on after the restart
        assertThat(outcome).succeedsWithin(Duration.ofSeconds(10)).isInstanceOf(JobOutcome.Interrupted.class);
        assertThat(store.list("jobs/")).isEmpty();
    }

    private record SendingJob(MessageSender sender) implements Job {
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
            sender.publish(new ProducerRecord<>("results", "key", new byte[] {1}));
            return new JobResult(Map.of(), Map.of(), "");
        }
    }
}
