package io.lensmill.jobs;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.RefusedException;
import java.util.Map;

/** A job that counts how often it was begun and does what the test says. */
final class TestJob implements Job {

    /** What the job does. */
    interface Work {
        JobResult apply(JobContext context) throws Exception;
    }

    private final String jobId;
    private final Work work;
    int begun;
    JobEvent end;
    RefusedException refusal;
    RuntimeException checkFailure;

    TestJob(String jobId, Work work) {
        this.jobId = jobId;
        this.work = work;
    }

    static TestJob succeeding(String jobId) {
        return new TestJob(jobId, context -> new JobResult(Map.of("auc", 0.9), Map.of("modelId", jobId), "done"));
    }

    @Override
    public String jobId() {
        return jobId;
    }

    @Override
    public JobKind kind() {
        return JobKind.CLASSIFIER_TRAINING;
    }

    @Override
    public void check() throws RefusedException {
        if (checkFailure != null) {
            throw checkFailure;
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public JobResult execute(JobContext context) throws Exception {
        begun++;
        return work.apply(context);
    }

    @Override
    public void ended(JobEvent event) {
        end = event;
        throw new IllegalStateException("clearing up failed");
    }
}
