package io.lensmill.reports;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Made-up events of jobs for tests of tables and charts. */
public final class SampleEvents {

    public static final Instant TIME = SampleReports.TIME;

    private SampleEvents() {}

    public static JobEvent event(String jobId, JobState state, long step, Double loss, String message) {
        return JobEvent.newBuilder()
                .setJobId(jobId)
                .setKind(JobKind.CLASSIFIER_TRAINING)
                .setState(state)
                .setOccurredAt(TIME)
                .setStep(step)
                .setTotalSteps(900)
                .setLoss(loss)
                .setMessage(message)
                .build();
    }

    /** A training whose loss falls from one value towards another. */
    public static List<JobEvent> training(String jobId, double from, double to, int events) {
        return IntStream.rangeClosed(1, events)
                .mapToObj(i -> {
                    double noise = 0.03 * from * Math.sin(i * 12.9898);
                    double loss = to + (from - to) * Math.exp(-4.0 * i / events) + noise * Math.exp(-2.0 * i / events);
                    return event(jobId, JobState.RUNNING, 900L * i / events, loss, "");
                })
                .toList();
    }
}
