package io.lensmill.jobs.edge;

import io.lensmill.contracts.RefusedException;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.jobs.JobRunner;
import io.lensmill.messaging.DeadLetters;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Takes a request record to its end: decode, run, and answer a refusal with a dead letter. */
public final class JobIntake {

    private static final Logger LOG = Logger.getLogger(JobIntake.class);

    private final JobRunner runner;
    private final RecordPublisher publisher;

    public JobIntake(JobRunner runner, RecordPublisher publisher) {
        this.runner = runner;
        this.publisher = publisher;
    }

    /** Makes the job that a request's bytes ask for. */
    @FunctionalInterface
    public interface JobDecoder {
        /** @throws RefusedException when the bytes are no request of this kind */
        Job decode(byte[] value) throws RefusedException;
    }

    /**
     * Works on the request, on the calling thread and for as long as it takes. Returns when its end, or the dead letter,
     * is with the broker.
     *
     * @return what became of it; acknowledge it unless it was {@link JobOutcome.Interrupted}
     */
    public JobOutcome work(ConsumerRecord<String, byte[]> request, JobDecoder decoder) {
        JobOutcome outcome = run(request, decoder);
        if (outcome instanceof JobOutcome.Refused refused) {
            LOG.infof(
                    "Refused %s: %s %s",
                    origin(request), refused.reason().code(), refused.reason().getMessage());
            return bury(request, refused);
        }
        return outcome;
    }

    private JobOutcome run(ConsumerRecord<String, byte[]> request, JobDecoder decoder) {
        try {
            return runner.run(decoder.decode(request.value()), origin(request));
        } catch (RefusedException e) {
            return new JobOutcome.Refused(e);
        }
    }

    private JobOutcome bury(ConsumerRecord<String, byte[]> request, JobOutcome.Refused refused) {
        try {
            runner.deliver(
                    "Publishing the dead letter of " + origin(request),
                    () -> publisher.publish(DeadLetters.of(request, refused.reason())));
            return refused;
        } catch (JobInterruptedException e) {
            return new JobOutcome.Interrupted();
        }
    }

    private static String origin(ConsumerRecord<String, byte[]> request) {
        return request.topic() + "-" + request.partition() + "@" + request.offset();
    }
}
