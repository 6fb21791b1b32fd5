package io.lensmill.metricsworker.collection;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.List;

/**
 * What is kept of a result without a label, so that a label that comes later counts: some 100 bytes.
 *
 * @param key collection and model
 * @param generation of the collection that the image was counted in
 * @param slice of time that it was counted in
 * @param classes the model's classes
 * @param probabilities one per class
 * @param predictedClass one of the classes
 */
public record Unlabelled(
        CollectionKey key,
        long generation,
        long slice,
        List<String> classes,
        float[] probabilities,
        String predictedClass) {

    private static final int VERSION = 1;

    public static Unlabelled of(Observation observation, long generation) {
        return new Unlabelled(
                observation.key(),
                generation,
                observation.slice(),
                observation.classes(),
                observation.probabilities(),
                observation.predictedClass());
    }

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION);
        key.write(writer);
        return writer.count(generation)
                .count(slice)
                .texts(classes)
                .floats(probabilities)
                .text(predictedClass)
                .toBytes();
    }

    public static Unlabelled fromBytes(byte[] state) {
        StateReader reader = new StateReader("a result without a label", state, VERSION);
        Unlabelled unlabelled = new Unlabelled(
                CollectionKey.read(reader),
                reader.count(),
                reader.count(),
                reader.texts(),
                reader.floats(),
                reader.text());
        reader.end();
        return unlabelled;
    }
}
