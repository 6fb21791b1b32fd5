package io.lensmill.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;

/** What today's workers have written since they were started on the old version's data. */
final class AfterUpgrade implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final UpgradedStack stack;
    private final Messages events;
    private final Messages samples;
    private final Messages classifications;
    private final Messages deadLetters;
    private final Messages reports;

    /** @param stack its workers are started here, after everything that looks at what they write */
    AfterUpgrade(UpgradedStack stack) throws InterruptedException {
        this.stack = stack;
        this.events = Messages.after(stack.broker(), Topics.JOBS);
        this.samples = Messages.after(stack.broker(), Topics.SAMPLES);
        this.classifications = Messages.after(stack.broker(), Topics.CLASSIFICATIONS);
        this.deadLetters = Messages.after(stack.broker(), Topics.DEAD_LETTERS);
        this.reports = Messages.after(stack.broker(), Topics.REPORTS);
        stack.startWorkers();
    }

    /** Waits until the assertions hold, as long as the workers live. */
    void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE).pollInterval(PAUSE).untilAsserted(() -> {
            stack.requireAlive();
            assertions.run();
        });
    }

    List<JobEvent> events() throws RefusedException {
        return events.since(JobEvent.class);
    }

    List<JobEvent> events(String jobId) throws RefusedException {
        return events().stream().filter(event -> event.getJobId().equals(jobId)).toList();
    }

    /** An assertion fails while the job has not ended in success. */
    void assertSucceeded(String jobId) throws RefusedException {
        List<JobEvent> told = events(jobId);
        assertThat(told).as("events of %s", jobId).isNotEmpty();
        JobEvent newest = told.get(told.size() - 1);
        assertThat(newest.getState()).as("%s", newest).isEqualTo(JobState.SUCCEEDED);
    }

    List<SampleBatch> samples() throws RefusedException {
        return samples.since(SampleBatch.class);
    }

    List<Classification> classifications(String collection) throws RefusedException {
        return classifications.since(Classification.class).stream()
                .filter(result -> result.getCollection().equals(collection))
                .toList();
    }

    /** The newest report of the whole collection under the old classifier; an assertion fails while there is none. */
    MetricReport report(String collection) throws RefusedException {
        return report(OldJobs.CLASSIFIER, collection);
    }

    MetricReport report(String modelId, String collection) throws RefusedException {
        Optional<MetricReport> newest = OldJobs.newestReport(reports.since(MetricReport.class), modelId, collection);
        assertThat(newest).as("a report of %s under %s", collection, modelId).isPresent();
        return newest.get();
    }

    /** Why the message of this key was refused; empty: it was not, so far. */
    Optional<String> refusal(String key) {
        return deadLetters.since().stream()
                .filter(message -> key.equals(message.key()))
                .map(message -> message.headers()
                        .lastHeader(DeadLetterHeaders.REASON_CODE)
                        .value())
                .map(code -> new String(code, StandardCharsets.UTF_8))
                .findFirst();
    }

    @Override
    public void close() {
        List.of(events, samples, classifications, deadLetters, reports).forEach(Messages::close);
        stack.close();
    }
}
