package io.lensmill.metricsworker.collection;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.List;
import java.util.Optional;

/**
 * What the metrics take from one classification, checked.
 *
 * @param key collection and model
 * @param imageId the image
 * @param generated true: by a generative model; false: real
 * @param reference collection to compare with; empty when none was named
 * @param label true class; empty when it is not known
 * @param extractor what made the embedding
 * @param extractorTrained false when its network was never trained
 * @param classes the model's classes, in its order
 * @param probabilities one per class, in [0, 1]
 * @param predictedClass one of the classes
 * @param embedding finite values, as many as the extractor has dimensions
 * @param slice of {@link TimeSlices time} in which the model ran
 * @param foreignness whether the image is like those that the model was trained on; empty where the model cannot tell
 */
public record Observation(
        CollectionKey key,
        String imageId,
        boolean generated,
        String reference,
        String label,
        Extractor extractor,
        boolean extractorTrained,
        List<String> classes,
        float[] probabilities,
        String predictedClass,
        float[] embedding,
        long slice,
        Optional<Foreignness> foreignness) {

    /** Since 3 with the foreignness. */
    private static final int VERSION = 3;

    private static final int OLDEST = 2;

    /**
     * What a model says of an image's distance from its training images.
     *
     * @param foreign whether the image lies beyond the model's threshold
     * @param falseAlarmRate share of the model's own held-out images beyond it, in (0, 1)
     */
    public record Foreignness(boolean foreign, double falseAlarmRate) {}

    public boolean isLabelled() {
        return !label.isEmpty();
    }

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION);
        key.write(writer);
        writer.text(imageId)
                .flag(generated)
                .text(reference)
                .text(label)
                .text(extractor.id())
                .flag(extractorTrained)
                .texts(classes)
                .floats(probabilities)
                .text(predictedClass)
                .floats(embedding)
                .count(slice)
                .flag(foreignness.isPresent());
        foreignness.ifPresent(judged -> writer.flag(judged.foreign()).real(judged.falseAlarmRate()));
        return writer.toBytes();
    }

    public static Observation fromBytes(byte[] state) {
        StateReader reader = new StateReader("an observation", state, OLDEST, VERSION);
        CollectionKey key = CollectionKey.read(reader);
        String imageId = reader.text();
        boolean generated = reader.flag();
        String reference = reader.text();
        String label = reader.text();
        String extractorId = reader.text();
        boolean trained = reader.flag();
        List<String> classes = reader.texts();
        float[] probabilities = reader.floats();
        String predicted = reader.text();
        float[] embedding = reader.floats();
        long slice = reader.count();
        boolean judged = reader.version() > OLDEST && reader.flag();
        Optional<Foreignness> foreignness =
                judged ? Optional.of(new Foreignness(reader.flag(), reader.real())) : Optional.empty();
        reader.end();
        Extractor extractor = new Extractor(extractorId, embedding.length);
        return new Observation(
                key,
                imageId,
                generated,
                reference,
                label,
                extractor,
                trained,
                classes,
                probabilities,
                predicted,
                embedding,
                slice,
                foreignness);
    }
}
