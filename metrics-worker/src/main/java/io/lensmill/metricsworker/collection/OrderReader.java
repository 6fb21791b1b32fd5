package io.lensmill.metricsworker.collection;

import io.lensmill.contracts.CollectionCommand;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusedException;

/** Turns the bytes of a CollectionCommand into a {@link CollectionOrder}, or says what is wrong with them. */
public final class OrderReader {

    private OrderReader() {}

    /**
     * @param message an Avro object container with one CollectionCommand
     * @param number place among the commands, 1 or more
     * @throws RefusedException UNDECODABLE or INVALID_PARAMETER
     */
    public static CollectionOrder read(byte[] message, long number) throws RefusedException {
        CollectionCommand from = Envelope.decode(message, CollectionCommand.class);
        return new CollectionOrder(
                Names.requireCollection("collection", from.getCollection()),
                from.getModelId() == null ? "" : Names.requireId("modelId", from.getModelId()),
                from.getAction(),
                number);
    }
}
