package io.lensmill.classifier;

import io.lensmill.classifier.training.TrainingEnvironment;
import io.lensmill.classifier.training.TrainingJob;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.jobs.edge.JobIntake;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Training requests in, one at a time, on a thread of their own; acknowledged when the job has ended. Kafka's consumer
 * polls on meanwhile, with its partitions paused, so that hours of training do not cost the worker its place in the
 * group.
 */
@ApplicationScoped
public class TrainingWorker {

    private static final Logger LOG = Logger.getLogger(TrainingWorker.class);

    private final JobIntake intake;
    private final TrainingEnvironment environment;
    private final Accounting accounting;
    private final ExecutorService thread;

    TrainingWorker(
            JobIntake intake, TrainingEnvironment environment, Accounting accounting, ComputeThreads computeThreads) {
        this.intake = intake;
        this.environment = environment;
        this.accounting = accounting;
        this.thread = computeThreads.single("training");
    }

    /** Completes when the job has ended; never, when the worker shuts down before. */
    @Incoming("training-requests")
    public CompletionStage<Void> onRequest(ConsumerRecord<String, byte[]> request) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        try {
            thread.execute(() -> work(request, ended));
        } catch (RejectedExecutionException e) {
            LOG.debugf("The request %s is left for after the restart", request.key());
        }
        return ended;
    }

    /** Takes no further request; the one at work is stopped by the job runner. */
    void stop() {
        thread.shutdown();
    }

    private void work(ConsumerRecord<String, byte[]> request, CompletableFuture<Void> ended) {
        JobOutcome outcome;
        try {
            outcome = intake.work(request, this::job);
        } catch (RuntimeException e) {
            LOG.errorf(e, "The request %s was not worked on; it comes again", request.key());
            ended.completeExceptionally(e);
            return;
        }
        if (outcome instanceof JobOutcome.Interrupted) {
            return;
        }
        accounting.jobEnded(
                outcome instanceof JobOutcome.Ended end ? end.event().getState().name() : "REFUSED");
        ended.complete(null);
    }

    private Job job(byte[] value) throws RefusedException {
        return new TrainingJob(Envelope.decode(value, TrainingRequest.class), environment);
    }
}
