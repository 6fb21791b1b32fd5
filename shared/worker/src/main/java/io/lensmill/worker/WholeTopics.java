package io.lensmill.worker;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.jobs.edge.WholeTopicReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The two topics that every instance reads from their first record: published models and cancel requests. */
public final class WholeTopics implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WholeTopics.class);
    private static final Duration GLANCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> broker;
    private final Cancellations cancellations;
    private volatile WholeTopicReader models;
    private volatile WholeTopicReader cancels;

    /** @param broker bootstrap.servers and, where needed, security settings */
    public WholeTopics(Map<String, Object> broker, Cancellations cancellations) {
        this.broker = broker;
        this.cancellations = cancellations;
    }

    /** Begins to read; the topics exist. The models are told when all of before the start are known. */
    public void start(PublishedModels published) {
        models = new WholeTopicReader(broker, Topics.MODELS, message -> onModel(message, published));
        cancels = new WholeTopicReader(broker, Topics.JOB_CANCELLATIONS, this::onCancellation);
        Thread announcement = new Thread(() -> announce(published), "models-caught-up");
        announcement.setDaemon(true);
        announcement.start();
    }

    /** Whether both have been read to where they ended at the start. */
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
        try {
            if (models == null || !models.awaitEnd(PATIENCE)) {
                throw new IOException("The topic " + Topics.MODELS.name() + " could not be read to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while reading " + Topics.MODELS.name(), e);
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

    private static void onModel(ConsumerRecord<String, byte[]> message, PublishedModels published) {
        if (message.value() == null) {
            published.withdraw(message.key());
            return;
        }
        try {
            published.accept(Envelope.decode(message.value(), ModelPublished.class));
        } catch (RefusedException e) {
            LOG.warnf("A message on %s is passed over: %s", message.topic(), e.getMessage());
        }
    }

    private void onCancellation(ConsumerRecord<String, byte[]> message) {
        try {
            cancellations.accept(Envelope.decode(message.value(), CancelRequest.class));
        } catch (RefusedException e) {
            LOG.warnf("A message on %s is passed over: %s", message.topic(), e.getMessage());
        }
    }
}
