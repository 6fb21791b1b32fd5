package io.lensmill.cli.messages;

import io.lensmill.cli.terminal.Progress;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.ImageMessages;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.imaging.format.FileFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The images of a collection as they stand on their topic now, with the labels that they brought or that came as
 * messages of their own. An image that was sent twice counts as it was sent last; one that cannot be read, which its
 * dead letter tells, is left out.
 */
public final class PublishedCollection {

    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final String collection;
    private final Map<String, LensImage> images = new LinkedHashMap<>();
    private final Map<String, ImageLabel> labels = new HashMap<>();

    private PublishedCollection(String collection) {
        this.collection = collection;
    }

    /** Reads both topics to where they end now. */
    public static PublishedCollection read(Broker broker, String collection, Progress progress) {
        PublishedCollection published = new PublishedCollection(collection);
        readAll(broker, Topics.IMAGES, record -> {
            published.takeImage(record);
            progress.advance();
        });
        readAll(broker, Topics.LABELS, published::takeLabel);
        return published;
    }

    private static void readAll(Broker broker, Topic topic, Consumer<ConsumerRecord<String, byte[]>> handler) {
        try (TopicReader reader = broker.readFromStart(topic)) {
            do {
                reader.poll(PATIENCE).forEach(handler);
            } while (!reader.caughtUp());
        }
    }

    private void takeImage(ConsumerRecord<String, byte[]> record) {
        try {
            LensImage image =
                    ImageMessages.decode(record.key(), record.value(), headers(record), FileFormat::inMessages);
            if (image.getCollection().equals(collection)) {
                images.put(image.getImageId(), image);
            }
        } catch (RefusedException e) {
            // The worker has answered it with a dead letter.
        }
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }

    private void takeLabel(ConsumerRecord<String, byte[]> record) {
        try {
            ImageLabel label = Envelope.decode(record.value(), ImageLabel.class);
            boolean ours =
                    label.getCollection() == null || label.getCollection().equals(collection);
            if (ours) {
                labels.merge(label.getImageId(), label, PublishedCollection::later);
            }
        } catch (RefusedException e) {
            // As above.
        }
    }

    private static ImageLabel later(ImageLabel one, ImageLabel other) {
        Instant before = one.getLabelledAt();
        return other.getLabelledAt().isBefore(before) ? one : other;
    }

    /** By image id, in the order in which they were first seen. */
    public Map<String, LensImage> images() {
        return images;
    }

    /** What the image brought with it, which stays, or what came later; as the sender spells it. */
    public Optional<String> label(String imageId) {
        LensImage image = images.get(imageId);
        if (image != null && image.getLabel() != null) {
            return Optional.of(image.getLabel());
        }
        return Optional.ofNullable(labels.get(imageId)).map(ImageLabel::getLabel);
    }
}
