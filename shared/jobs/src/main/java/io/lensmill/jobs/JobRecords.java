package io.lensmill.jobs;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/** The ends of all jobs in the object store, one object each. */
final class JobRecords {

    private static final long MAX_BYTES = 4L * 1024 * 1024;

    private final ObjectStore store;

    JobRecords(ObjectStore store) {
        this.store = store;
    }

    /**
     * @return how the job ended, or empty when it has not
     * @throws RefusedException DUPLICATE_JOB when there is a record that nobody can read: the job ended somehow, and it
     *     must not be done twice
     */
    Optional<JobRecord> find(String jobId) throws IOException, RefusedException {
        byte[] stored;
        try {
            stored = store.get(BucketLayout.jobRecord(jobId), MAX_BYTES);
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        } catch (ObjectRefusedException e) {
            throw unreadable(jobId, e);
        }
        try {
            return Optional.of(JobRecord.of(stored));
        } catch (RefusedException e) {
            throw unreadable(jobId, e);
        }
    }

    private static RefusedException unreadable(String jobId, Exception cause) {
        return new RefusedException(
                RefusalCode.DUPLICATE_JOB,
                "A job '" + jobId + "' has ended before, but its record " + BucketLayout.jobRecord(jobId)
                        + " cannot be read (" + cause.getMessage() + "). Send the request under another jobId.",
                cause);
    }

    void write(JobRecord record) throws IOException {
        store.put(BucketLayout.jobRecord(record.event().getJobId()), record.toBytes());
    }
}
