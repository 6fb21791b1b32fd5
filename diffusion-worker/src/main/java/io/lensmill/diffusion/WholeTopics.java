package io.lensmill.diffusion;

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

/** The topics that every instance reads from their first record: models and cancellations. */
final class WholeTopics implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(WholeTopics.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Cancellations cancellations;
    private volatile WholeTopicReader models;
    private volatile WholeTopicReader cancels;

    WholeTopics(Cancellations cancellations) {
        this.cancellations = cancellations;
    }

    /** Begins to read; the topics exist. */
    void start(Map<String, Object> broker, PublishedModels published) {
        models = new WholeTopicReader(broker, Topics.MODELS, message -> onModel(message, published));
        cancels = new WholeTopicReader(broker, Topics.JOB_CANCELLATIONS, this::onCancellation);
    }

    /** Whether both have been read to where they ended at the start. */
    boolean areRead() {
        return models != null && models.isCaughtUp() && cancels.isCaughtUp();
    }

    /**
     * Returns when the catalogue holds every model published so far, also one that another worker has published this
     * moment.
     */
    void awaitModels() throws IOException {
        try {
            if (!models.awaitEnd(PATIENCE)) {
                throw new IOException("The topic " + Topics.MODELS.name() + " could not be read to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while reading " + Topics.MODELS.name(), e);
        }
    }

    @Override
    public void close() {
        models.close();
        cancels.close();
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
