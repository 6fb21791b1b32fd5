package io.lensmill.diffusion;

import io.lensmill.contracts.JobKind;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.jobs.edge.JobIntake;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * One kind of job, one at a time, on a thread of its own. Kafka's consumer polls on meanwhile, with its partitions
 * paused, so that hours of work do not cost the worker its place in the group.
 */
final class JobThread {

    private static final Logger LOG = Logger.getLogger(JobThread.class);

    private final JobKind kind;
    private final JobIntake intake;
    private final Accounting accounting;
    private final ExecutorService thread;

    JobThread(JobKind kind, JobIntake intake, Accounting accounting, ComputeThreads threads, String name) {
        this.kind = kind;
        this.intake = intake;
        this.accounting = accounting;
        this.thread = Executors.newSingleThreadExecutor(threads.named(name));
    }

    /** Completes when the request is answered; never, when the worker shuts down before: it comes again. */
    CompletionStage<Void> work(ConsumerRecord<String, byte[]> request, JobIntake.JobDecoder decoder) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        try {
            thread.execute(() -> work(request, decoder, answered));
        } catch (RejectedExecutionException e) {
            LOG.debugf("The request %s is left for after the restart", request.key());
        }
        return answered;
    }

    /** Takes no further request; the one at work is stopped by the job runner. */
    void stop() {
        thread.shutdown();
    }

    private void work(
            ConsumerRecord<String, byte[]> request, JobIntake.JobDecoder decoder, CompletableFuture<Void> answered) {
        try {
            JobOutcome outcome = intake.work(request, decoder);
            if (outcome instanceof JobOutcome.Interrupted) {
                return;
            }
            accounting.ended(kind, outcome);
            answered.complete(null);
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "The request %s was not worked on; it comes again", request.key());
            answered.completeExceptionally(e);
        }
    }
}
