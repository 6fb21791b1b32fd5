package io.lensmill.jobs;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.storage.ObjectRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The runner's side of one job at work: its last progress, its events, and whether it must stop. */
final class RunningJob implements JobContext, AutoCloseable {

    /** The store's or the broker's own words name addresses; they go to the log. */
    private static final String WAITS = " waits for the object store or the broker; the worker's log says more.";

    private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(1);

    private final Job job;
    private final ProgressEvents progressEvents;
    private final Cancellations cancellations;
    private final CountDownLatch shutdown;
    private final Clock clock;

    private JobProgress last = JobProgress.of(0, 0);
    private Instant lastPublished = Instant.MIN;
    private double lossSum;
    private long losses;

    RunningJob(Job job, JobEventPublisher events, Cancellations cancellations, CountDownLatch shutdown, Clock clock) {
        this.job = job;
        this.progressEvents = new ProgressEvents(job.jobId(), events);
        this.cancellations = cancellations;
        this.shutdown = shutdown;
        this.clock = clock;
    }

    @Override
    public void report(JobProgress progress) {
        last = progress;
        if (progress.loss() != null) {
            lossSum += progress.loss();
            losses++;
        }
        Instant now = clock.instant();
        if (progress.important() || !now.isBefore(lastPublished.plus(BETWEEN_EVENTS))) {
            lastPublished = now;
            progressEvents.offer(event(JobState.RUNNING, progress.message()));
        }
    }

    @Override
    public void throwIfStopped() throws JobCancelledException, JobInterruptedException {
        Optional<CancelRequest> cancel = cancellations.find(job.jobId());
        if (cancel.isPresent()) {
            throw new JobCancelledException(cancel.get().getReason());
        }
        if (shutdown.getCount() == 0) {
            throw new JobInterruptedException();
        }
    }

    @Override
    public <T> T insist(String what, Attempt<T> attempt)
            throws IOException, JobCancelledException, JobInterruptedException {
        Retry.Pause pause = new Retry.Pause(shutdown);
        boolean waits = false;
        while (true) {
            try {
                T made = attempt.make();
                if (waits) {
                    progressEvents.offer(event(JobState.RUNNING, ""));
                }
                return made;
            } catch (ObjectRefusedException | ModelDamagedException e) {
                throw e;
            } catch (IOException | UncheckedIOException e) {
                if (!waits) {
                    progressEvents.offer(event(JobState.RUNNING, what + WAITS));
                }
                waits = true;
                pause.after(what, e, this::throwIfStopped);
            }
        }
    }

    /** An event that stands where the last report stood. */
    JobEvent event(JobState state, String message) {
        JobEvent event = JobEvent.newBuilder()
                .setJobId(job.jobId())
                .setKind(job.kind())
                .setState(state)
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setStep(last.step())
                .setTotalSteps(last.totalSteps())
                .setEpoch(last.epoch())
                .setTotalEpochs(last.totalEpochs())
                .setLoss(losses > 0 ? Double.valueOf(lossSum / losses) : last.loss())
                .setMetrics(new HashMap<>(last.metrics()))
                .setEtaSeconds(last.etaSeconds())
                .setMessage(message)
                .setResults(new HashMap<>(last.results()))
                .build();
        lossSum = 0;
        losses = 0;
        return event;
    }

    /** The work has begun: progress too, so it may be lost. */
    void begun() {
        progressEvents.offer(event(JobState.RUNNING, ""));
    }

    /** After this no progress follows: the end may be published. */
    void endProgress() {
        progressEvents.end();
    }

    @Override
    public void close() {
        progressEvents.discard();
    }
}
