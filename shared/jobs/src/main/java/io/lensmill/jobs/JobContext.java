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
     * Does again and again what needs the object store or the broker, with growing pauses, for as long as it takes: a
     * service that is away ends no job. Who reads the job's events is told that it waits. Only for what may be
     * repeated, and for nothing that fails by itself each time: an {@link IOException} is taken for the service's.
     *
     * @param what for the log and the event: "Writing the checkpoint"
     * @return what the first attempt that worked has returned
     * @throws IOException at once where time does not help: the store's answer about an object, a damaged model
     * @throws JobCancelledException heard within a second, as the worker's shutdown is
     */
    default <T> T insist(String what, Attempt<T> attempt)
            throws IOException, JobCancelledException, JobInterruptedException {
        return attempt.make();
    }
}
