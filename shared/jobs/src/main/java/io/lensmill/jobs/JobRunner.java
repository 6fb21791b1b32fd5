package io.lensmill.jobs;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.Printable;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Leads jobs through their life: duplicate? - checked - ACCEPTED - RUNNING - ended, with the end recorded before it is
 * published and both before the caller acknowledges the request. Safe for use by several threads, one job each.
 *
 * <p>ACCEPTED, REJECTED and the end are published until the broker takes them, like results and dead letters. RUNNING
 * is progress: it may be lost, and never delays the job.
 *
 * <p>What a repeated request meets: from the same origin (a redelivery) the recorded end is published again and that is
 * all; from another origin too, but the request is refused with DUPLICATE_JOB. A rejected request leaves no record: the
 * same id may come again, corrected.
 */
public final class JobRunner {

    private static final Logger LOG = Logger.getLogger(JobRunner.class);

    private final JobRecords records;
    private final JobEventPublisher events;
    private final Cancellations cancellations;
    private final Clock clock;
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private final Retry retry = new Retry(shutdown);
    /** Jobs at work by id, with the origin of each. */
    private final Map<String, String> running = new HashMap<>();

    public JobRunner(ObjectStore store, JobEventPublisher events, Cancellations cancellations, Clock clock) {
        this.records = new JobRecords(store);
        this.events = events;
        this.cancellations = cancellations;
        this.clock = clock;
    }

    /**
     * Runs the job to its end on the calling thread.
     *
     * @param origin where the request stands: "topic-partition@offset"
     */
    public JobOutcome run(Job job, String origin) {
        try {
            Names.requireId("jobId", job.jobId());
            begin(job.jobId(), origin);
        } catch (RefusedException e) {
            return new JobOutcome.Refused(e);
        }
        try {
            return runOnce(job, origin);
        } catch (RefusedException e) {
            return new JobOutcome.Refused(e);
        } catch (JobInterruptedException | WorkerStoppedException e) {
            LOG.infof("Job %s stops for the worker's shutdown and goes on after it", job.jobId());
            return new JobOutcome.Interrupted();
        } finally {
            end(job.jobId());
        }
    }

    /**
     * Lets no job run twice at once. The same request, delivered again meanwhile, waits: it will be answered with the
     * end.
     */
    private void begin(String jobId, String origin) throws RefusedException {
        synchronized (running) {
            while (running.containsKey(jobId)) {
                if (!running.get(jobId).equals(origin)) {
                    throw duplicate(jobId, "is at work now");
                }
                try {
                    running.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("Interrupted while job " + jobId + " was at work", e);
                }
            }
            running.put(jobId, origin);
        }
    }

    private void end(String jobId) {
        synchronized (running) {
            running.remove(jobId);
            running.notifyAll();
        }
    }

    /**
     * Sends something to the broker, again and again until it takes it or the worker shuts down.
     *
     * @param what for the log
     * @throws JobInterruptedException when the worker shuts down before: it was not sent
     */
    public void deliver(String what, Runnable sending) throws JobInterruptedException {
        retry.always(what, () -> {
            try {
                sending.run();
                return what;
            } catch (RuntimeException e) {
                throw new IOException("the broker did not take it: " + e.getMessage(), e);
            }
        });
    }

    /** Makes every running job stop at its next step, with a checkpoint. Returns at once. */
    public void shutdown() {
        shutdown.countDown();
    }

    /**
     * Waits until no job runs any more.
     *
     * @return false when one still runs after that time
     */
    public boolean awaitIdle(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (runningJobs() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }

    /** Number of jobs at work. */
    public int runningJobs() {
        synchronized (running) {
            return running.size();
        }
    }

    private JobOutcome runOnce(Job job, String origin) throws RefusedException, JobInterruptedException {
        Optional<JobRecord> earlier =
                retry.until("Reading the record of job " + job.jobId(), () -> records.find(job.jobId()));
        if (earlier.isPresent()) {
            return answerAgain(earlier.get(), origin);
        }
        try (RunningJob context = new RunningJob(job, events, cancellations, shutdown, clock)) {
            return checkAndWork(job, context, origin);
        }
    }

    private JobOutcome checkAndWork(Job job, RunningJob context, String origin)
            throws RefusedException, JobInterruptedException {
        JobEvent end;
        try {
            retry.until("Checking job " + job.jobId(), () -> {
                job.check();
                return job;
            });
            end = work(job, context);
        } catch (RefusedException e) {
            publish(context.event(JobState.REJECTED, e.getMessage()));
            throw e;
        } catch (WorkerStoppedException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // Errors too: a request that no memory is enough for would otherwise come again for ever.
            LOG.errorf(e, "Job %s could not be checked", job.jobId());
            end = context.event(JobState.FAILED, reason(e));
        }
        context.endProgress();
        finish(job, new JobRecord(end, origin));
        return new JobOutcome.Ended(end);
    }

    private JobOutcome answerAgain(JobRecord earlier, String origin) throws RefusedException, JobInterruptedException {
        // Also after a redelivery: the worker may have died between recording the end and publishing it.
        publish(earlier.event());
        if (!earlier.origin().equals(origin)) {
            throw duplicate(
                    earlier.event().getJobId(),
                    "has ended as " + earlier.event().getState());
        }
        return new JobOutcome.Ended(earlier.event());
    }

    private JobEvent work(Job job, RunningJob context) throws JobInterruptedException {
        try {
            publish(context.event(JobState.ACCEPTED, ""));
            context.throwIfStopped();
            context.begun();
            JobResult result = job.execute(context);
            return succeeded(context.event(JobState.SUCCEEDED, result.message()), result);
        } catch (JobInterruptedException | WorkerStoppedException e) {
            throw e;
        } catch (JobCancelledException e) {
            LOG.infof("Job %s was cancelled: %s", job.jobId(), Printable.line(String.valueOf(e.getMessage())));
            return context.event(JobState.CANCELLED, e.getMessage());
        } catch (Throwable e) {
            // Errors too (out of memory, a missing native library): the request would otherwise come again for ever.
            LOG.errorf(e, "Job %s failed", job.jobId());
            return context.event(JobState.FAILED, reason(e));
        }
    }

    private static JobEvent succeeded(JobEvent event, JobResult result) {
        event.getMetrics().putAll(result.metrics());
        event.getResults().putAll(result.results());
        event.setEtaSeconds(0.0);
        return event;
    }

    private void finish(Job job, JobRecord record) throws JobInterruptedException {
        retry.always("Recording the end of job " + job.jobId(), () -> {
            records.write(record);
            return record;
        });
        publish(record.event());
        try {
            job.ended(record.event());
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "Job %s has ended, but could not clear up", job.jobId());
        }
    }

    private void publish(JobEvent event) throws JobInterruptedException {
        deliver("Publishing " + event.getState() + " of job " + event.getJobId(), () -> events.publish(event));
    }

    private static RefusedException duplicate(String jobId, String state) {
        return new RefusedException(
                RefusalCode.DUPLICATE_JOB,
                "A job '" + jobId + "' was asked for before and " + state + "; nothing is done twice. Send the request"
                        + " under another jobId.");
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
