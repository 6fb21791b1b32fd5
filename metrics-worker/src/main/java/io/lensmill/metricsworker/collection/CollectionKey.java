package io.lensmill.metricsworker.collection;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;

/**
 * What one report is about: the images of one collection, as one model sees them.
 *
 * @param modelId the classifier
 * @param collection the images
 */
public record CollectionKey(String modelId, String collection) {

    /** The key on the reports topic. A model id has no slash, so the two can be told apart. */
    public String text() {
        return modelId + "/" + collection;
    }

    /** Another collection under the same model. */
    public CollectionKey sibling(String otherCollection) {
        return new CollectionKey(modelId, otherCollection);
    }

    void write(StateWriter writer) {
        writer.text(modelId).text(collection);
    }

    static CollectionKey read(StateReader reader) {
        return new CollectionKey(reader.text(), reader.text());
    }
}
