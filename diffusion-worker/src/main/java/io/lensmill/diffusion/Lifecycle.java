package io.lensmill.diffusion;

import io.lensmill.jobs.PublishedModels;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.JobRunner;
import io.lensmill.messaging.TopicSetup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jboss.logging.Logger;

/** What happens before the first message is consumed, and after the last one. */
@Singleton
final class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    /** SmallRye begins to consume at 1000 (LIBRARY_BEFORE). */
    private static final int BEFORE_CONSUMING = 1;

    /** A step and a checkpoint of the largest network end well within it. */
    private static final Duration JOB_PATIENCE = Duration.ofSeconds(60);

    private static final List<Topic> TOPICS = List.of(
            Topics.DIFFUSION_TRAINING_REQUESTS,
            Topics.GENERATION_REQUESTS,
            Topics.JOB_CANCELLATIONS,
            Topics.JOBS,
            Topics.MODELS,
            Topics.SAMPLES,
            Topics.DEAD_LETTERS);

    private final DiffusionConfig config;
    private final Map<String, Object> broker;
    private final WholeTopics wholeTopics;
    private final JobRunner jobs;
    private final TrainingWorker training;
    private final GenerationWorker generation;

    Lifecycle(
            DiffusionConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            WholeTopics wholeTopics,
            JobRunner jobs,
            TrainingWorker training,
            GenerationWorker generation) {
        this.config = config;
        this.broker = broker;
        this.wholeTopics = wholeTopics;
        this.jobs = jobs;
        this.training = training;
        this.generation = generation;
    }

    void start(@Observes @Priority(BEFORE_CONSUMING) StartupEvent event, PublishedModels models) {
        try (Admin admin = Admin.create(broker)) {
            TopicSetup.createMissing(admin, TOPICS, config.topics().replicationFactor());
        }
        wholeTopics.start(broker, models);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        training.stop();
        generation.stop();
        jobs.shutdown();
        if (!jobs.awaitIdle(JOB_PATIENCE)) {
            LOG.warn("A job did not stop in time; it goes on from its last checkpoint");
        }
        wholeTopics.close();
    }
}
