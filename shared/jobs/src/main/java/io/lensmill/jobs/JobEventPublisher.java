package io.lensmill.jobs;

import io.lensmill.contracts.JobEvent;

/** Where job events go. */
@FunctionalInterface
public interface JobEventPublisher {

    /**
     * Returns when the broker has the event.
     *
     * @throws RuntimeException when the broker did not take it
     */
    void publish(JobEvent event);
}
