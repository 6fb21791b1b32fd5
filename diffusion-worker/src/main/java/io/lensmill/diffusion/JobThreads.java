package io.lensmill.diffusion;

import io.lensmill.contracts.JobKind;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.jobs.edge.JobIntake;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * One kind of job, so many at a time, on threads of their own. Kafka's consumer polls on meanwhile, with its partitions
 * paused, so that hours of work do not cost the worker its place in the group.
 */
final class JobThreads {

    private static final Logger LOG = Logger.getLogger(JobThreads.class);

    private final JobKind kind;
    private final JobIntake intake;
    private final Accounting accounting;
    private final ExecutorService threads;

    JobThreads(JobKind kind, JobIntake intake, Accounting accounting, ExecutorService threads) {
        this.kind = kind;
        this.intake = intake;
        this.accounting = accounting;
        this.threads = threads;
    }

    /**
     * How far a request is. Neither completes when the worker shuts down before: the request comes again.
     *
     * @param begun a thread has taken it, and the next request may come
     * @param answered its end is with the broker, and it may be acknowledged
     */
    record Progress(CompletionStage<Void> begun, CompletionStage<Void> answered) {}

    /** Works on the request as soon as a thread is free. */
    Progress work(ConsumerRecord<String, byte[]> request, JobIntake.JobDecoder decoder) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> answered = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                begun.complete(null);
                work(request, decoder, answered);
            });
        } catch (RejectedExecutionException e) {
            LOG.debugf("The request %s is left for after the restart", request.key());
        }
        return new Progress(begun, answered);
    }

    /** Takes no further request; those at work are stopped by the job runner. */
    void stop() {
        threads.shutdown();
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
