package io.lensmill.worker;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.KnownJobs;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.jobs.edge.WholeTopicReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The topics that every instance reads from their first record: published models, cancel requests, jobs' events. */
public final class WholeTopics implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WholeTopics.class);
    private static final Duration GLANCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> broker;
    private final Cancellations cancellations;
    private final KnownJobs jobs;
    private volatile WholeTopicReader models;
    private volatile WholeTopicReader cancels;
    private volatile WholeTopicReader events;

    /** @param broker bootstrap.servers and, where needed, security settings */
    public WholeTopics(Map<String, Object> broker, Cancellations cancellations, KnownJobs jobs) {
        this.broker = broker;
        this.cancellations = cancellations;
        this.jobs = jobs;
    }

    /** Begins to read; the topics exist. The models are told when all of before the start are known. */
    public void start(PublishedModels published) {
        models = new WholeTopicReader(broker, Topics.MODELS, message -> onModel(message, published));
        cancels = new WholeTopicReader(broker, Topics.JOB_CANCELLATIONS, this::onCancellation);
        events = new WholeTopicReader(broker, Topics.JOBS, this::onEvent);
        Thread announcement = new Thread(() -> announce(published), "models-caught-up");
        announcement.setDaemon(true);
        announcement.start();
    }

    /** Whether models and cancellations have been read to where they ended at the start. */
    public boolean areRead() {
        return models != null && models.isCaughtUp() && cancels != null && cancels.isCaughtUp();
    }

    /**
     * Returns when every model that is published now has been heard of, also one that another worker has published this
     * moment.
     *
     * @throws IOException when that takes longer than 20 seconds: it cannot be said that a model is unknown
     */
    public void awaitModels() throws IOException {
        awaitEnd(models, Topics.MODELS);
    }

    /**
     * Returns when every event of a job that is published now has been heard of.
     *
     * @throws IOException when that takes longer than 20 seconds: it cannot be said that a job is unknown
     */
    public void awaitJobs() throws IOException {
        awaitEnd(events, Topics.JOBS);
    }

    private static void awaitEnd(WholeTopicReader reader, Topic topic) throws IOException {
        try {
            if (reader == null || !reader.awaitEnd(PATIENCE)) {
                throw new IOException("The topic " + topic.name() + " could not be read to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while reading " + topic.name(), e);
        }
    }

    @Override
    public void close() {
        if (models != null) {
            models.close();
        }
        if (cancels != null) {
            cancels.close();
        }
        if (events != null) {
            events.close();
        }
    }

    private void announce(PublishedModels published) {
        try {
            while (!models.awaitCaughtUp(GLANCE)) {
                LOG.info("Reading the published models; what needs one waits for it");
            }
            published.complete();
            LOG.info(published
                    .newestSoFar()
                    .map(model -> "The newest model is " + model.getModelId())
                    .orElse("No model has been published yet"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // What cannot be read is answered by the referee, once for all instances; here it is passed over.

    private static void onModel(ConsumerRecord<String, byte[]> message, PublishedModels published) {
        if (message.value() == null) {
            published.withdraw(message.key());
            return;
        }
        try {
            published.accept(Requirements.model(message.value()));
        } catch (RefusedException e) {
            LOG.debugf("A message on %s is passed over: %s", message.topic(), e.getMessage());
        }
    }

    private void onCancellation(ConsumerRecord<String, byte[]> message) {
        try {
            cancellations.accept(Requirements.cancellation(message.value()));
        } catch (RefusedException e) {
            LOG.debugf("A message on %s is passed over: %s", message.topic(), e.getMessage());
        }
    }

    private void onEvent(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            jobs.forget(String.valueOf(message.key()));
            return;
        }
        try {
            jobs.accept(Envelope.decode(message.value(), JobEvent.class));
        } catch (RefusedException e) {
            LOG.debugf("A message on %s is passed over: %s", message.topic(), e.getMessage());
        }
    }
}
