package io.lensmill.worker;

import io.lensmill.contracts.CancelRequest;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusedException;

/** What a message on a topic that is read whole must be, to whoever reads it. */
final class Requirements {

    private Requirements() {}

    /** @throws RefusedException when the bytes are no such message, or its ids are none */
    static CancelRequest cancellation(byte[] message) throws RefusedException {
        CancelRequest request = Envelope.decode(message, CancelRequest.class);
        Names.requireId("jobId", request.getJobId());
        return request;
    }

    /** @throws RefusedException when the bytes are no such message, or its ids are none */
    static ModelPublished model(byte[] message) throws RefusedException {
        ModelPublished model = Envelope.decode(message, ModelPublished.class);
        Names.requireId("modelId", model.getModelId());
        return model;
    }
}
