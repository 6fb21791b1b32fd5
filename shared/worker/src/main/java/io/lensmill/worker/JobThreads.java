package io.lensmill.worker;

import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.RefusedException;
import io.lensmill.jobs.Failure;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.jobs.JobRunner;
import io.lensmill.messaging.DeadLetters;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Takes requests of one kind to their end: decodes, runs the job, answers a refusal with a dead letter; so many at a
 * time, on threads of their own. Kafka's consumer polls on meanwhile, with its partitions paused, so that hours of work
 * do not cost the worker its place in the group.
 */
public final class JobThreads {

    private static final Logger LOG = Logger.getLogger(JobThreads.class);

    private final JobRunner runner;
    private final RecordPublisher deadLetters;
    private final Rejections rejections;
    private final JobKind kind;
    private final ExecutorService threads;
    private final Consumer<JobOutcome> accounting;

    /**
     * @param rejections tell the senders of requests that cannot be read
     * @param kind of all jobs that are asked for here
     * @param threads as many as jobs may be at work at once; shut down with this object
     * @param accounting hears of each request that was answered; not of those that come again after the shutdown
     */
    public JobThreads(
            JobRunner runner,
            RecordPublisher deadLetters,
            Rejections rejections,
            JobKind kind,
            ExecutorService threads,
            Consumer<JobOutcome> accounting) {
        this.runner = runner;
        this.deadLetters = deadLetters;
        this.rejections = rejections;
        this.kind = kind;
        this.threads = threads;
        this.accounting = accounting;
    }

    /** Makes the job that a request's bytes ask for. */
    @FunctionalInterface
    public interface JobDecoder {
        /** @throws RefusedException when the bytes are no request of this kind */
        Job decode(byte[] value) throws RefusedException;
    }

    /**
     * How far a request is. Neither completes when the worker shuts down before: the request comes again.
     *
     * @param begun a thread has taken it, and the next request may come
     * @param answered its end, or the dead letter, is with the broker, and it may be acknowledged
     */
    public record Progress(CompletionStage<Void> begun, CompletionStage<Void> answered) {}

    /** Works on the request as soon as a thread is free. */
    public Progress work(ConsumerRecord<String, byte[]> request, JobDecoder decoder) {
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
    public void stop() {
        threads.shutdown();
    }

    private void work(ConsumerRecord<String, byte[]> request, JobDecoder decoder, CompletableFuture<Void> answered) {
        try {
            JobOutcome outcome = run(request, decoder);
            if (outcome instanceof JobOutcome.Refused refused) {
                publishDeadLetter(request, refused.reason());
            }
            if (!(outcome instanceof JobOutcome.Interrupted)) {
                accounting.accept(outcome);
                answered.complete(null);
            }
        } catch (JobInterruptedException e) {
            LOG.infof("The refusal of %s is left for after the restart", origin(request));
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "The request %s was not worked on; it comes again", origin(request));
            answered.completeExceptionally(e);
        }
    }

    private JobOutcome run(ConsumerRecord<String, byte[]> request, JobDecoder decoder) throws JobInterruptedException {
        Job job;
        try {
            job = decoder.decode(request.value());
        } catch (RefusedException e) {
            return unreadable(request, e);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Reading the request %s failed", origin(request));
            return unreadable(request, new Failure.Ours(e).reason());
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return runner.run(job, origin(request));
            } catch (RuntimeException e) {
                LOG.errorf(e, "Attempt %d at the request %s failed", attempt, origin(request));
                if (attempt == Failure.ATTEMPTS_AT_OURS) {
                    return new JobOutcome.Refused(new Failure.Ours(e).reason());
                }
            }
        }
    }

    private JobOutcome unreadable(ConsumerRecord<String, byte[]> request, RefusedException reason)
            throws JobInterruptedException {
        runner.deliver("Telling the sender of " + origin(request), () -> rejections.publish(kind, request, reason));
        return new JobOutcome.Refused(reason);
    }

    private void publishDeadLetter(ConsumerRecord<String, byte[]> request, RefusedException reason)
            throws JobInterruptedException {
        LOG.infof("Refused %s: %s %s", origin(request), reason.code(), reason.getMessage());
        runner.deliver(
                "Publishing the dead letter of " + origin(request),
                () -> deadLetters.publish(DeadLetters.of(request, reason)));
    }

    private static String origin(ConsumerRecord<String, byte[]> request) {
        return request.topic() + "-" + request.partition() + "@" + request.offset();
    }
}
