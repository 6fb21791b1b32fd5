package io.lensmill.worker;

import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.worker.reading.UnseenLedger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What a worker with jobs does before the first message is consumed, and after the last one. */
public final class JobLifecycle {

    /** Priority of whoever calls {@link #start}: SmallRye begins to consume at 1000 (LIBRARY_BEFORE). */
    public static final int BEFORE_CONSUMING = 1;

    private static final Logger LOG = Logger.getLogger(JobLifecycle.class);

    /** A step and a checkpoint of the largest network end well within it. */
    private static final Duration JOB_PATIENCE = Duration.ofSeconds(60);

    private final BrokerTopics topics;
    private final WholeTopics wholeTopics;
    private final PublishedModels models;
    private final JobRunner jobs;
    private final MessageSender sender;
    private final UnseenLedger unseen;
    private final Supplier<TopicReferee> referees;
    private TopicReferee referee;

    /** @param referees make the one who answers faulty messages on topics that are read whole, once they exist */
    public JobLifecycle(
            BrokerTopics topics,
            WholeTopics wholeTopics,
            PublishedModels models,
            JobRunner jobs,
            MessageSender sender,
            UnseenLedger unseen,
            Supplier<TopicReferee> referees) {
        this.topics = topics;
        this.wholeTopics = wholeTopics;
        this.models = models;
        this.jobs = jobs;
        this.sender = sender;
        this.unseen = unseen;
        this.referees = referees;
    }

    /** Makes the worker's topics where they are missing, and begins to read those that are read whole. */
    public void start(List<Topic> workersTopics) {
        topics.createMissing(workersTopics);
        wholeTopics.start(models);
        referee = referees.get();
        unseen.start();
    }

    /** All workers with jobs are one group: whichever runs answers. */
    static TopicReferee referee(Map<String, Object> broker, RecordPublisher deadLetters) {
        return TopicReferee.start(
                broker,
                "lensmill-referee",
                Map.of(
                        Topics.JOB_CANCELLATIONS, Requirements::cancellation,
                        Topics.MODELS, Requirements::model,
                        Topics.UNSEEN, UnseenLedger::decode),
                deadLetters);
    }

    /**
     * Jobs write a checkpoint and stop; nobody waits for a model or the broker any more. Nothing unfinished is
     * acknowledged.
     */
    public void stop() throws InterruptedException {
        jobs.shutdown();
        models.close();
        sender.stop();
        if (!jobs.awaitIdle(JOB_PATIENCE)) {
            LOG.warn("A job did not stop in time; it goes on from its last checkpoint");
        }
        wholeTopics.close();
        if (referee != null) {
            referee.close();
        }
    }
}
