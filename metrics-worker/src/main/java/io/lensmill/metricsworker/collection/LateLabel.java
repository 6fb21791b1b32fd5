package io.lensmill.metricsworker.collection;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;

/**
 * A label that came as a message of its own, checked.
 *
 * @param imageId the image
 * @param collection only in this collection; empty: in every one
 * @param label the true class by its written name; in state of older versions as the sender spelled it
 */
public record LateLabel(String imageId, String collection, String label) {

    private static final int VERSION = 1;

    public byte[] toBytes() {
        return new StateWriter(VERSION)
                .text(imageId)
                .text(collection)
                .text(label)
                .toBytes();
    }

    public static LateLabel fromBytes(byte[] state) {
        StateReader reader = new StateReader("a late label", state, VERSION);
        LateLabel label = new LateLabel(reader.text(), reader.text(), reader.text());
        reader.end();
        return label;
    }
}
