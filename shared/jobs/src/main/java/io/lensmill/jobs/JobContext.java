package io.lensmill.jobs;

import java.io.IOException;

/** What a running job tells the outside, and hears from it. Used on the job's own thread. */
public interface JobContext {

    /**
     * Publishes a RUNNING event. At most one a second goes out, so a job may report every step; the losses of the
     * steps in between are averaged into the next event. An {@linkplain JobProgress#important() important} report goes
     * out at once. Returns at once whatever the broker does: one that does not answer costs the event, never the
     * job a moment.
     */
    void report(JobProgress progress);

    /**
     * Returns at once while the job may go on; cheap enough for every step.
     *
     * @throws JobCancelledException when somebody asked for the job to be cancelled
     * @throws JobInterruptedException when the worker shuts down: write a checkpoint and let it pass
     */
    void throwIfStopped() throws JobCancelledException, JobInterruptedException;

    /** Something that the object store or the broker may hold up. */
    @FunctionalInterface
    interface Attempt<T> {
        T make() throws IOException;
    }

    /**
     * Does again and again what needs the object store or the broker, with growing pauses, for a quarter of an hour: a
     * service that is away for some minutes must not cost hours of work. Only for what may be repeated.
     *
     * @param what for the log: "writing the checkpoint"
     * @return what the first attempt that worked has returned
     * @throws IOException the last attempt's, when none has worked in that time; at once where time does not help (a
     *     missing or too large object, a damaged model)
     */
    default <T> T insist(String what, Attempt<T> attempt)
            throws IOException, JobCancelledException, JobInterruptedException {
        return attempt.make();
    }
}
