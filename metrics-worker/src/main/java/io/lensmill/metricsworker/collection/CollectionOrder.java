package io.lensmill.metricsworker.collection;

import io.lensmill.contracts.CollectionAction;
import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;

/**
 * A checked command to a collection.
 *
 * @param collection the collection
 * @param modelId only as this model sees it; empty: under every model
 * @param action what to do
 * @param number place among the commands, 1 or more; a later one has a higher number
 */
public record CollectionOrder(String collection, String modelId, CollectionAction action, long number) {

    private static final int VERSION = 1;

    public boolean concerns(CollectionKey key) {
        return collection.equals(key.collection()) && (modelId.isEmpty() || modelId.equals(key.modelId()));
    }

    public byte[] toBytes() {
        return new StateWriter(VERSION)
                .text(collection)
                .text(modelId)
                .text(action.name())
                .count(number)
                .toBytes();
    }

    public static CollectionOrder fromBytes(byte[] state) {
        StateReader reader = new StateReader("an order to a collection", state, VERSION);
        CollectionOrder order = new CollectionOrder(
                reader.text(), reader.text(), CollectionAction.valueOf(reader.text()), reader.count());
        reader.end();
        return order;
    }
}
