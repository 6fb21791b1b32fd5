package io.lensmill.jobs;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectTooLargeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;

/** The runner's side of one job at work: its last progress, its events, and whether it must stop. */
final class RunningJob implements JobContext {

    private static final Logger LOG = Logger.getLogger(RunningJob.class);
    private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(1);
    private static final Duration INSIST = Duration.ofMinutes(15);

    private final Job job;
    private final JobEventPublisher events;
    private final Cancellations cancellations;
    private final CountDownLatch shutdown;
    private final Clock clock;

    private JobProgress last = JobProgress.of(0, 0);
    private Instant lastPublished = Instant.MIN;
    private double lossSum;
    private long losses;

    RunningJob(Job job, JobEventPublisher events, Cancellations cancellations, CountDownLatch shutdown, Clock clock) {
        this.job = job;
        this.events = events;
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
            publishProgress(event(JobState.RUNNING, progress.message()));
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
        long end = System.nanoTime() + INSIST.toNanos();
        Patience.Pause pause = new Patience.Pause(shutdown);
        while (true) {
            try {
                return attempt.make();
            } catch (ObjectNotFoundException | ObjectTooLargeException | ModelDamagedException e) {
                throw e;
            } catch (IOException | UncheckedIOException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                throwIfStopped();
                pause.after(what, e);
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

    private void publishProgress(JobEvent event) {
        try {
            events.publish(event);
        } catch (RuntimeException e) {
            LOG.warnf(
                    "Job %s: a progress event could not be published (%s); the job goes on",
                    job.jobId(), e.getMessage());
        }
    }
}
