package io.lensmill.diffusion;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.ModelCatalogue;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the published models are known. Without any it is ready all the same: it can train one. */
@Readiness
@ApplicationScoped
public class DiffusionHealth implements HealthCheck {

    private final WholeTopics wholeTopics;
    private final ModelCatalogue catalogue;
    private final JobRunner jobs;

    DiffusionHealth(WholeTopics wholeTopics, ModelCatalogue catalogue, JobRunner jobs) {
        this.wholeTopics = wholeTopics;
        this.catalogue = catalogue;
        this.jobs = jobs;
    }

    @Override
    public HealthCheckResponse call() {
        String newest = catalogue
                .newest(ModelTask.DIFFUSION)
                .map(ModelPublished::getModelId)
                .orElse("no model yet");
        return HealthCheckResponse.named("diffusion")
                .withData("newestModel", newest)
                .withData("runningJobs", jobs.runningJobs())
                .status(wholeTopics.areRead())
                .build();
    }
}
