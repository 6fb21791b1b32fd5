package io.lensmill.classifier;

import io.lensmill.classifier.scoring.ModelCache;
import io.lensmill.worker.JobHealth;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * What the worker is at. Without a model it is ready all the same: it can train one, and images wait on their topic. It
 * is not ready before the newest model of before its start has been loaded and warmed, nor while the work in hand fails
 * for a service that is away.
 */
@Readiness
@ApplicationScoped
public class ClassifierHealth implements HealthCheck {

    private final ModelCache cache;
    private final ScoringThread scoring;
    private final WritingThread writing;
    private final JobHealth jobs;

    ClassifierHealth(ModelCache cache, ScoringThread scoring, WritingThread writing, JobHealth jobs) {
        this.cache = cache;
        this.scoring = scoring;
        this.writing = writing;
        this.jobs = jobs;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> trouble = scoring.trouble().or(writing::trouble);
        HealthCheckResponseBuilder response = jobs.report("classifier")
                .withData("modelInUse", cache.current().orElse("none"))
                .withData("warming", scoring.warming())
                .status(trouble.isEmpty() && !scoring.warming() && jobs.topicsAreRead());
        trouble.ifPresent(text -> response.withData("trouble", text));
        return response.build();
    }
}
