package io.lensmill.diffusion;

import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.worker.JobLifecycle;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/** What happens before the first message is consumed, and after the last one. */
@Singleton
final class Lifecycle {

    private static final List<Topic> TOPICS = List.of(
            Topics.DIFFUSION_TRAINING_REQUESTS,
            Topics.GENERATION_REQUESTS,
            Topics.JOB_CANCELLATIONS,
            Topics.JOBS,
            Topics.MODELS,
            Topics.SAMPLES,
            Topics.DEAD_LETTERS,
            Topics.UNSEEN);

    private final JobLifecycle jobs;
    private final TrainingWorker training;
    private final DiffusionWorker generation;

    Lifecycle(JobLifecycle jobs, TrainingWorker training, DiffusionWorker generation) {
        this.jobs = jobs;
        this.training = training;
        this.generation = generation;
    }

    void start(@Observes @Priority(JobLifecycle.BEFORE_CONSUMING) StartupEvent event) {
        jobs.start(TOPICS);
    }

    /** Jobs write a checkpoint and stop. Nothing unfinished is acknowledged. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        training.stop();
        generation.stop();
        jobs.stop();
    }
}
