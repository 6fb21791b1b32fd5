package io.lensmill.jobs;

/** The worker shuts down while something waits. What was in hand is not acknowledged, so it comes again. */
public final class WorkerStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WorkerStoppedException() {
        super("The worker shuts down; what was in hand comes again after its restart.");
    }
}
