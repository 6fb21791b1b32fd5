package io.lensmill.worker;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusedException;
import io.lensmill.jobs.JobEventPublisher;
import io.lensmill.jobs.KnownJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells the sender of a request that could not be read, where it looks: with a REJECTED event under its job's id. Only
 * where no job of that id is known; else the dead letter must do, since on the compacted topic the event would take the
 * place of that job's state.
 */
public final class Rejections {

    /** Brings the known jobs up to date. */
    @FunctionalInterface
    public interface Refresh {
        /** @throws IOException when the jobs' topic could not be read to its end */
        void run() throws IOException;
    }

    private final KnownJobs known;
    private final Refresh refresh;
    private final JobEventPublisher events;
    private final Clock clock;

    public Rejections(KnownJobs known, Refresh refresh, JobEventPublisher events, Clock clock) {
        this.known = known;
        this.refresh = refresh;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Publishes the event, where there is an id to publish it under: that of the message, or else its key, which is the
     * job's id by {@link io.lensmill.contracts.Topics}.
     *
     * @throws UncheckedIOException when the broker does not answer; to be tried again
     */
    public void publish(JobKind kind, ConsumerRecord<String, byte[]> request, RefusedException reason) {
        Optional<String> jobId = Envelope.find(request.value(), "jobId")
                .filter(Rejections::isId)
                .or(() -> Optional.ofNullable(request.key()).filter(Rejections::isId));
        if (jobId.isEmpty()) {
            return;
        }
        try {
            refresh.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!known.contains(jobId.get())) {
            events.publish(event(jobId.get(), kind, reason));
        }
    }

    private JobEvent event(String jobId, JobKind kind, RefusedException reason) {
        return JobEvent.newBuilder()
                .setJobId(jobId)
                .setKind(kind)
                .setState(JobState.REJECTED)
                .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setMessage(reason.getMessage())
                .build();
    }

    private static boolean isId(String text) {
        try {
            Names.requireId("jobId", text);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }
}
