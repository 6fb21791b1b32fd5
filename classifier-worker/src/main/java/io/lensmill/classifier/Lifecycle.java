package io.lensmill.classifier;

import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.worker.JobLifecycle;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** What happens before the first message is consumed, and after the last one. */
@Singleton
final class Lifecycle {

    private static final Duration SCORING_PATIENCE = Duration.ofSeconds(10);

    private static final List<Topic> TOPICS = List.of(
            Topics.IMAGES,
            Topics.SAMPLES,
            Topics.CLASSIFICATIONS,
            Topics.CLASSIFIER_TRAINING_REQUESTS,
            Topics.JOB_CANCELLATIONS,
            Topics.JOBS,
            Topics.MODELS,
            Topics.DEAD_LETTERS,
            Topics.UNSEEN);

    private final JobLifecycle jobs;
    private final TrainingWorker training;
    private final ScoringThread scoring;
    private final WritingThread writing;

    Lifecycle(JobLifecycle jobs, TrainingWorker training, ScoringThread scoring, WritingThread writing) {
        this.jobs = jobs;
        this.training = training;
        this.scoring = scoring;
        this.writing = writing;
    }

    void start(@Observes @Priority(JobLifecycle.BEFORE_CONSUMING) StartupEvent event) {
        scoring.begin();
        jobs.start(TOPICS);
    }

    /** Jobs write a checkpoint and stop; scoring ends the batch in hand. Nothing unfinished is acknowledged. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        training.stop();
        jobs.stop();
        scoring.stop(SCORING_PATIENCE);
        writing.stop(SCORING_PATIENCE);
    }
}
