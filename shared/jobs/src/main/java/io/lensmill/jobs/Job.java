package io.lensmill.jobs;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.RefusedException;
import java.io.IOException;

/**
 * A long piece of work, asked for by one message. {@link JobRunner} calls {@link #check} and then, unless it refuses,
 * {@link #execute}, both on one thread. After a crash or a shutdown the same request makes an equal job again, which
 * must go on from what the earlier one left in the object store.
 */
public interface Job {

    /** The sender's id; the runner checks it before anything is named after it. */
    String jobId();

    JobKind kind();

    /**
     * Looks whether the request can be worked on: parameters, preset, dataset, model. Fast, without lasting effects.
     *
     * @throws RefusedException with the field, the allowed values and the value got
     * @throws IOException when the object store does not answer; the runner asks again later
     */
    void check() throws RefusedException, IOException;

    /**
     * Does the work. Calls {@link JobContext#throwIfStopped} at every step and lets its exceptions pass, after it has
     * written a checkpoint on a {@link JobInterruptedException}.
     *
     * @return what the last event says
     * @throws Exception any other: the job has failed, and the exception's message is what its sender reads
     */
    JobResult execute(JobContext context) throws Exception;

    /**
     * Called when the end is recorded and published: the place to remove what only a resume needs. A failure here is
     * logged and changes nothing.
     */
    default void ended(JobEvent end) throws IOException {
        // Most jobs leave nothing behind.
    }
}
