package io.lensmill.diffusion;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.PublishedModels;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the published models are known. Without any it is ready all the same: it can train one. */
@Readiness
@ApplicationScoped
public class DiffusionHealth implements HealthCheck {

    private final WholeTopics wholeTopics;
    private final PublishedModels models;
    private final JobRunner jobs;

    DiffusionHealth(WholeTopics wholeTopics, PublishedModels models, JobRunner jobs) {
        this.wholeTopics = wholeTopics;
        this.models = models;
        this.jobs = jobs;
    }

    @Override
    public HealthCheckResponse call() {
        String newest = models.newestSoFar()
                .map(ModelPublished::getModelId)
                .orElse("no model yet");
        return HealthCheckResponse.named("diffusion")
                .withData("newestModel", newest)
                .withData("runningJobs", jobs.runningJobs())
                .status(wholeTopics.areRead())
                .build();
    }
}
