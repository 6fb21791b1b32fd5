package io.lensmill.cli.messages;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.DeadLetterHeaders;
import io.lensmill.contracts.Topics;
import io.lensmill.messaging.TextHeaders;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What became of the images of one collection: each id ends as classified or as dead-lettered. Open it before the
 * images are published, so that no outcome is missed.
 */
public final class ImageOutcomes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final TopicReader classifications;
    private final TopicReader deadLetters;
    private final String collection;
    private final Predicate<String> ours;
    private final Set<String> classified = new HashSet<>();
    private final Map<String, String> refused = new LinkedHashMap<>();

    private final Consumer<Classification> listener;

    private ImageOutcomes(Broker broker, String collection, Predicate<String> ours, Consumer<Classification> listener) {
        this.classifications = broker.readFromNow(Topics.CLASSIFICATIONS);
        this.deadLetters = broker.readFromNow(Topics.DEAD_LETTERS);
        this.collection = collection;
        this.ours = ours;
        this.listener = listener;
    }

    /**
     * @param collection collection of the images
     * @param ours tells by its key whether a refused message on lensmill.images was one of ours: a broken message may
     *     not say its collection
     */
    public static ImageOutcomes open(Broker broker, String collection, Predicate<String> ours) {
        return open(broker, collection, ours, unused -> {});
    }

    /** @param listener gets each classification of the collection; one that comes again comes again */
    public static ImageOutcomes open(
            Broker broker, String collection, Predicate<String> ours, Consumer<Classification> listener) {
        return new ImageOutcomes(broker, collection, ours, listener);
    }

    /** Takes in what has happened since the last look; waits a moment when that is nothing. */
    public void look() {
        classifications.poll(PATIENCE).forEach(this::takeClassification);
        deadLetters.poll(PATIENCE).forEach(this::takeDeadLetter);
    }

    /** Ids of the images with a classification. */
    public Set<String> classified() {
        return classified;
    }

    /** Id of each refused image to the reason in a sentence. */
    public Map<String, String> refused() {
        return refused;
    }

    /** Images with an outcome of either kind. */
    public int ended() {
        return classified.size() + refused.size();
    }

    @Override
    public void close() {
        classifications.close();
        deadLetters.close();
    }

    private void takeClassification(ConsumerRecord<String, byte[]> message) {
        classifications
                .message(message, Classification.class)
                .filter(result -> collection.equals(result.getCollection()))
                .ifPresent(result -> {
                    classified.add(result.getImageId());
                    listener.accept(result);
                });
    }

    private void takeDeadLetter(ConsumerRecord<String, byte[]> message) {
        Map<String, String> headers = TextHeaders.of(message.headers());
        if (Topics.IMAGES.name().equals(headers.get(DeadLetterHeaders.TOPIC)) && ours.test(message.key())) {
            refused.put(
                    message.key(),
                    headers.get(DeadLetterHeaders.REASON_CODE) + ": " + headers.get(DeadLetterHeaders.REASON_DETAIL));
        }
    }
}
