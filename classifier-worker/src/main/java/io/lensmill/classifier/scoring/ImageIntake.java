package io.lensmill.classifier.scoring;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageMessages;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.format.FileFormat;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.jobs.ObjectRefusals;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;

/** From a message to the pixels it means, wherever they stand. */
public final class ImageIntake {

    private final ObjectStore store;
    private final ImageLimits limits;

    /** @param limits largest image file and image side that are accepted */
    public ImageIntake(ObjectStore store, ImageLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** @throws RefusedException as {@link ImageMessages#decode} does */
    public LensImage read(RawMessage message) throws RefusedException {
        return ImageMessages.decode(message.key(), message.value(), message.headers(), FileFormat::inMessages);
    }

    /**
     * @param preprocessing of the model that will see the image; it decides whether pixels may be missing
     * @throws RefusedException when the file is missing, withheld, damaged, too large, no image, of a
     *     wrong shape or not finite
     * @throws IOException when the object store does not answer
     */
    public FloatImage pixels(LensImage image, Preprocessing preprocessing) throws RefusedException, IOException {
        byte[] file = image.getPixels() != null ? Envelope.bytesOf(image.getPixels()) : stored(image.getObjectKey());
        try {
            return preprocessing.decode(file, limits);
        } catch (ImageFormatException e) {
            throw refused(e, "The image '" + image.getImageId() + "' cannot be used: ");
        }
    }

    private byte[] stored(String objectKey) throws RefusedException, IOException {
        try {
            return store.get(ObjectKey.of(objectKey), limits.maxFileBytes());
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.INVALID_PARAMETER, "objectKey: " + e.getMessage() + ".", e);
        } catch (ObjectRefusedException e) {
            throw ObjectRefusals.of(e, "object key '" + objectKey + "'", limits.maxFileBytes());
        }
    }

    static RefusedException refused(ImageFormatException e, String beginning) {
        RefusalCode code =
                switch (e.reason()) {
                    case UNDECODABLE -> RefusalCode.UNDECODABLE;
                    case WRONG_SHAPE -> RefusalCode.WRONG_SHAPE;
                    case NOT_FINITE -> RefusalCode.NOT_FINITE;
                    case NO_INFORMATION -> RefusalCode.NO_INFORMATION;
                    case TOO_LARGE -> RefusalCode.TOO_LARGE;
                };
        return new RefusedException(code, beginning + e.getMessage(), e);
    }
}
