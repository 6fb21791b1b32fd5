package io.lensmill.cli.messages;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.Topics;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Follows one job on {@code lensmill.jobs}. Open it before the request is sent, so that no event is missed. */
public final class JobWatch implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Set<JobState> ENDED =
            EnumSet.of(JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.REJECTED);

    private final TopicReader events;
    private final String jobId;

    private JobWatch(TopicReader events, String jobId) {
        this.events = events;
        this.jobId = jobId;
    }

    public static JobWatch open(Broker broker, String jobId) {
        return new JobWatch(broker.readFromNow(Topics.JOBS), jobId);
    }

    public static boolean ended(JobEvent event) {
        return ENDED.contains(event.getState());
    }

    /**
     * Waits for the job's end.
     *
     * @param seen gets every event of the job, the last one too
     * @param ifIdle runs between two looks; may throw to give up
     * @return the event that ended the job
     */
    public JobEvent awaitEnd(Consumer<JobEvent> seen, Runnable ifIdle) throws InterruptedException {
        while (true) {
            for (JobEvent event : next()) {
                seen.accept(event);
                if (ended(event)) {
                    return event;
                }
            }
            ifIdle.run();
            if (Thread.interrupted()) {
                throw new InterruptedException("Stopped waiting for job " + jobId);
            }
        }
    }

    @Override
    public void close() {
        events.close();
    }

    private List<JobEvent> next() {
        return events.poll(PATIENCE).stream()
                .filter(message -> jobId.equals(message.key()))
                .flatMap(message -> events.message(message, JobEvent.class).stream())
                .toList();
    }
}
