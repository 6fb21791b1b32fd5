package io.lensmill.jobs;

import io.lensmill.contracts.JobEvent;

/** Where job events go. */
@FunctionalInterface
public interface JobEventPublisher {

    /**
     * Makes one attempt, and returns when the broker has the event. Whether another follows is the runner's to say:
     * progress may be lost, other states are published until the broker takes them.
     *
     * @throws RuntimeException when the broker did not take it
     */
    void publish(JobEvent event);
}
