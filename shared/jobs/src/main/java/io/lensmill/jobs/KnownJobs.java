package io.lensmill.jobs;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ids of the jobs that somebody works on or has worked on, as their events tell. A request that cannot be read may
 * carry any id: a REJECTED event must not take the place of a job's own state. Safe for use by several threads.
 */
public final class KnownJobs {

    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    /** Takes a job's newest event. One that was rejected is not known: its id may come again, corrected. */
    public void accept(JobEvent event) {
        if (event.getState() == JobState.REJECTED) {
            ids.remove(event.getJobId());
        } else {
            ids.add(event.getJobId());
        }
    }

    /** The job's events have been removed from their topic. */
    public void forget(String jobId) {
        ids.remove(jobId);
    }

    public boolean contains(String jobId) {
        return ids.contains(jobId);
    }
}
