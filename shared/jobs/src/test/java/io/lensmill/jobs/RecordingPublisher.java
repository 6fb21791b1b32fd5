package io.lensmill.jobs;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given, in order. */
final class RecordingPublisher implements JobEventPublisher {

    final List<JobEvent> events = new CopyOnWriteArrayList<>();
    private int failuresLeft;

    /** Fails as a broker does that is away for the next so many events. */
    void failNext(int times) {
        failuresLeft = times;
    }

    @Override
    public void publish(JobEvent event) {
        if (failuresLeft > 0) {
            failuresLeft--;
            throw new IllegalStateException("no broker");
        }
        events.add(event);
    }

    List<JobState> states() {
        return events.stream().map(JobEvent::getState).toList();
    }

    JobEvent last() {
        return events.get(events.size() - 1);
    }
}
