package io.lensmill.classifier.training;

import io.lensmill.jobs.JobCancelledException;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.jobs.JobProgress;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a job reports, and can stop it. */
final class TestContext implements JobContext {

    final List<JobProgress> reports = new ArrayList<>();
    private long looksLeft = Long.MAX_VALUE;
    private boolean cancel;

    /** Stops the job, as a shutdown does, when it has looked this many times. */
    static TestContext interruptedAfter(long steps) {
        TestContext context = new TestContext();
        context.looksLeft = steps;
        return context;
    }

    static TestContext cancelledAfter(long steps) {
        TestContext context = interruptedAfter(steps);
        context.cancel = true;
        return context;
    }

    @Override
    public void report(JobProgress progress) {
        reports.add(progress);
    }

    @Override
    public void throwIfStopped() throws JobCancelledException, JobInterruptedException {
        if (looksLeft-- <= 0) {
            if (cancel) {
                throw new JobCancelledException("enough");
            }
            throw new JobInterruptedException();
        }
    }
}
