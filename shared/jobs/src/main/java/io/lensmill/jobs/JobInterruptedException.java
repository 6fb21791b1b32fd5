package io.lensmill.jobs;

/** The worker shuts down while the job runs. The request is not acknowledged, so the job goes on after the restart. */
public final class JobInterruptedException extends Exception {

    private static final long serialVersionUID = 1L;

    public JobInterruptedException() {
        super("The worker shuts down; the job goes on when it is started again.");
    }
}
