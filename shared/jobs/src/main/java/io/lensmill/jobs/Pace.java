package io.lensmill.jobs;

import java.util.function.LongSupplier;

/** Speed of a job since it was started (or resumed), and what that says of its end. */
public final class Pace {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long firstStep;
    private final long startNanos;
    private final LongSupplier nanoTime;

    /** @param firstStep steps that were done before this start; they count neither as work nor as time */
    public Pace(long firstStep) {
        this(firstStep, System::nanoTime);
    }

    Pace(long firstStep, LongSupplier nanoTime) {
        this.firstStep = firstStep;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
    }

    /** Steps per second so far; 0 before the first step. */
    public double stepsPerSecond(long step) {
        double seconds = (nanoTime.getAsLong() - startNanos) / NANOS_PER_SECOND;
        return step <= firstStep || seconds <= 0 ? 0 : (step - firstStep) / seconds;
    }

    /** The progress with the estimated seconds to the end, left out while nothing is known. */
    public JobProgress withEta(JobProgress progress) {
        double speed = stepsPerSecond(progress.step());
        return speed == 0 ? progress : progress.withEta((progress.totalSteps() - progress.step()) / speed);
    }
}
