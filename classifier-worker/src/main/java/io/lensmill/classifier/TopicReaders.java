package io.lensmill.classifier;

import io.lensmill.jobs.PublishedModels;
import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.edge.WholeTopicReader;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The two topics that every instance reads whole: published models and cancel requests. */
@Singleton
final class TopicReaders {

    private static final Logger LOG = Logger.getLogger(TopicReaders.class);
    private static final Duration GLANCE = Duration.ofSeconds(5);
    private static final Duration PRESENT_END = Duration.ofSeconds(10);

    private final Map<String, Object> broker;
    private volatile WholeTopicReader models;
    private volatile WholeTopicReader cancellations;

    TopicReaders(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.broker = broker;
    }

    void start(PublishedModels published, Cancellations cancelled) {
        models = new WholeTopicReader(broker, Topics.MODELS, message -> onModel(message, published));
        cancellations =
                new WholeTopicReader(broker, Topics.JOB_CANCELLATIONS, message -> onCancellation(message, cancelled));
        Thread announcement = new Thread(() -> announce(published), "models-caught-up");
        announcement.setDaemon(true);
        announcement.start();
    }

    /** Returns when every model that is published now has been heard of, or after ten seconds. */
    void awaitPresentEnd() {
        try {
            if (models != null && !models.awaitEnd(PRESENT_END)) {
                LOG.warn("The published models could not be read to their present end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        models.close();
        cancellations.close();
    }

    private void announce(PublishedModels published) {
        try {
            while (!models.awaitCaughtUp(GLANCE)) {
                LOG.info("Reading the published models; scoring begins after it");
            }
            published.complete();
            LOG.info(published
                    .newestSoFar()
                    .map(model -> "The newest classifier is " + model.getModelId())
                    .orElse("No model yet; images wait on their topic for the first"));
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

    private static void onCancellation(ConsumerRecord<String, byte[]> message, Cancellations cancelled) {
        try {
            cancelled.accept(Envelope.decode(message.value(), CancelRequest.class));
        } catch (RefusedException e) {
            LOG.warnf("A message on %s is passed over: %s", message.topic(), e.getMessage());
        }
    }
}
