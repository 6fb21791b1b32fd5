package io.lensmill.metricsworker.collection;

import io.lensmill.contracts.ClassNames;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageLabel;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.Printable;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;

/** Turns the bytes of an ImageLabel into a {@link LateLabel}, or says what is wrong with them. */
public final class LabelReader {

    private LabelReader() {}

    /**
     * @param message an Avro object container with one ImageLabel
     * @throws RefusedException UNDECODABLE, INVALID_PARAMETER or UNKNOWN_CLASS
     */
    public static LateLabel read(byte[] message) throws RefusedException {
        ImageLabel from = Envelope.decode(message, ImageLabel.class);
        return new LateLabel(
                Names.requireImageId(from.getImageId()),
                from.getCollection() == null ? "" : Names.requireCollection("collection", from.getCollection()),
                requireClass(ObservationReader.requireName("label", from.getLabel())));
    }

    /** Whatever a sender calls it: a label that no model could have would be kept and never count. */
    private static String requireClass(String label) throws RefusedException {
        return ClassNames.written(label)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNKNOWN_CLASS,
                        "The label " + Printable.quoted(label) + " is no class. Classes and their aliases are "
                                + ClassNames.listed() + "."));
    }
}
