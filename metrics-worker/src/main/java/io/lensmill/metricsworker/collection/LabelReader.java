package io.lensmill.metricsworker.collection;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusedException;

/** Turns the bytes of an ImageLabel into a {@link LateLabel}, or says what is wrong with them. */
public final class LabelReader {

    private LabelReader() {}

    /**
     * @param message an Avro object container with one ImageLabel
     * @throws RefusedException UNDECODABLE or INVALID_PARAMETER
     */
    public static LateLabel read(byte[] message) throws RefusedException {
        ImageLabel from = Envelope.decode(message, ImageLabel.class);
        return new LateLabel(
                Names.requireImageId(from.getImageId()),
                from.getCollection() == null ? "" : Names.requireCollection("collection", from.getCollection()),
                ObservationReader.requireName("label", from.getLabel()));
    }
}
