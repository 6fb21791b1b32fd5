package io.lensmill.diffusion;

import io.lensmill.worker.JobHealth;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the published models are known. Without any it is ready all the same: it can train one. */
@Readiness
@ApplicationScoped
public class DiffusionHealth implements HealthCheck {

    private final JobHealth jobs;

    DiffusionHealth(JobHealth jobs) {
        this.jobs = jobs;
    }

    @Override
    public HealthCheckResponse call() {
        return jobs.report("diffusion").status(jobs.topicsAreRead()).build();
    }
}
