package io.lensmill.jobs;

/** What a running job tells the outside, and hears from it. Used on the job's own thread. */
public interface JobContext {

    /**
     * Publishes a RUNNING event. At most one a second goes out, so a job may report every step; the losses of the
     * steps in between are averaged into the next event. An {@linkplain JobProgress#important() important} report goes
     * out at once. A broker that does not answer costs the event, never the job.
     */
    void report(JobProgress progress);

    /**
     * Returns at once while the job may go on; cheap enough for every step.
     *
     * @throws JobCancelledException when somebody asked for the job to be cancelled
     * @throws JobInterruptedException when the worker shuts down: write a checkpoint and let it pass
     */
    void throwIfStopped() throws JobCancelledException, JobInterruptedException;
}
