package io.lensmill.worker;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.worker.reading.UnseenLedger;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** What every worker with jobs says of its health. Without a model it is ready all the same: it can train one. */
public final class JobHealth {

    private final PublishedModels models;
    private final JobRunner jobs;
    private final BooleanSupplier topicsAreRead;
    private final BrokerTopics topics;
    private final UnseenLedger unseen;

    /** @param topicsAreRead whether the models and cancellations of before the start are known */
    public JobHealth(
            PublishedModels models,
            JobRunner jobs,
            BooleanSupplier topicsAreRead,
            BrokerTopics topics,
            UnseenLedger unseen) {
        this.models = models;
        this.jobs = jobs;
        this.topicsAreRead = topicsAreRead;
        this.topics = topics;
        this.unseen = unseen;
    }

    /**
     * A report with the newest model, the number of jobs at work and {@link LogHealth}; its status is the worker's to
     * say.
     */
    public HealthCheckResponseBuilder report(String name) {
        return LogHealth.report(name, topics, unseen)
                .withData(
                        "newestModel",
                        models.newestSoFar().map(ModelPublished::getModelId).orElse("no model yet"))
                .withData("runningJobs", jobs.runningJobs());
    }

    /** Not before it knows the models, and what has been cancelled, may a worker be called ready. */
    public boolean topicsAreRead() {
        return topicsAreRead.getAsBoolean();
    }
}
