package io.lensmill.jobs;

/** Somebody asked for the job to be cancelled. The message is the reason that was given. */
public final class JobCancelledException extends Exception {

    private static final long serialVersionUID = 1L;

    public JobCancelledException(String reason) {
        super(reason);
    }
}
