package io.lensmill.jobs;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it is given, in order. */
final class RecordingPublisher implements JobEventPublisher {

    final List<JobEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger failuresLeft = new AtomicInteger();

    /** Fails as a broker does that is away for the next so many events. */
    void failNext(int times) {
        failuresLeft.set(times);
    }

    @Override
    public void publish(JobEvent event) {
        if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
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
