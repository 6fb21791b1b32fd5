package io.lensmill.classifier;

import io.lensmill.jobs.PublishedModels;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.Cancellations;
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

    private static final Duration SCORING_PATIENCE = Duration.ofSeconds(10);

    private static final List<Topic> TOPICS = List.of(
            Topics.IMAGES,
            Topics.SAMPLES,
            Topics.CLASSIFICATIONS,
            Topics.CLASSIFIER_TRAINING_REQUESTS,
            Topics.JOB_CANCELLATIONS,
            Topics.JOBS,
            Topics.MODELS,
            Topics.DEAD_LETTERS);

    private final PublishedModels models;
    private final Cancellations cancellations;
    private final TopicReaders readers;
    private final JobRunner jobs;
    private final ScoringThread scoring;
    private final WritingThread writing;
    private final Outbox outbox;

    Lifecycle(
            PublishedModels models,
            Cancellations cancellations,
            TopicReaders readers,
            JobRunner jobs,
            ScoringThread scoring,
            WritingThread writing,
            Outbox outbox) {
        this.models = models;
        this.cancellations = cancellations;
        this.readers = readers;
        this.jobs = jobs;
        this.scoring = scoring;
        this.writing = writing;
        this.outbox = outbox;
    }

    void start(
            @Observes @Priority(BEFORE_CONSUMING) StartupEvent event,
            ClassifierConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> broker) {
        try (Admin admin = Admin.create(broker)) {
            TopicSetup.createMissing(admin, TOPICS, config.topics().replicationFactor());
        }
        scoring.begin();
        readers.start(models, cancellations);
    }

    /** Jobs write a checkpoint and stop; scoring ends the batch in hand. Nothing unfinished is acknowledged. */
    void stop(@Observes ShutdownEvent event, TrainingWorker training) throws InterruptedException {
        training.stop();
        jobs.shutdown();
        models.close();
        outbox.stop();
        if (!jobs.awaitIdle(JOB_PATIENCE)) {
            LOG.warn("A job did not stop in time; it goes on from its last checkpoint");
        }
        scoring.stop(SCORING_PATIENCE);
        writing.stop(SCORING_PATIENCE);
        readers.close();
    }
}
