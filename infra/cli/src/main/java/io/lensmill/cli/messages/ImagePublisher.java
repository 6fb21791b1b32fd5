package io.lensmill.cli.messages;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageFormat;
import io.lensmill.contracts.ImageMessages;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.Topics;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.format.FileFormat;
import io.lensmill.imaging.format.ImageCodecs;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Publishes images of one collection on {@code lensmill.images}. */
public final class ImagePublisher {

    private final Broker broker;
    private final String collection;
    private final String modelId;

    public ImagePublisher(Broker broker, String collection) {
        this(broker, collection, null);
    }

    /** @param modelId model that must classify the images, or null for the newest */
    public ImagePublisher(Broker broker, String collection, String modelId) {
        this.broker = broker;
        this.collection = collection;
        this.modelId = modelId;
    }

    /**
     * Hands one image file over for sending.
     *
     * @param imageId id of the image, also the record key
     * @param file the file's bytes; of an unknown format they are sent bare, for the worker to refuse with its reason
     * @param label true class, where it is known
     */
    public void publish(String imageId, byte[] file, Optional<String> label) {
        Optional<ImageFormat> format = FileFormat.inMessages(file);
        if (format.isPresent()) {
            broker.enqueue(Topics.IMAGES, imageId, enveloped(imageId, file, format.get(), label), Map.of());
        } else {
            broker.enqueue(Topics.IMAGES, imageId, file, headers(label));
        }
    }

    private byte[] enveloped(String imageId, byte[] file, ImageFormat format, Optional<String> label) {
        return Envelope.encode(LensImage.newBuilder()
                .setImageId(imageId)
                .setCollection(collection)
                .setLabel(label.orElse(null))
                .setModelId(modelId)
                .setFormat(format)
                .setPixels(ByteBuffer.wrap(file))
                .setAttributes(attributes(file, format))
                .build());
    }

    /** What a FITS header says of the image travels with it to its classification. */
    static Map<String, String> attributes(byte[] file, ImageFormat format) {
        if (format != ImageFormat.FITS) {
            return Map.of();
        }
        try {
            return new HashMap<>(
                    ImageCodecs.decodeWithGaps(file, ImageLimits.DEFAULT).header());
        } catch (ImageFormatException e) {
            // The worker refuses the file with this reason.
            return Map.of();
        }
    }

    private Map<String, String> headers(Optional<String> label) {
        Map<String, String> headers = new HashMap<>();
        headers.put(ImageMessages.COLLECTION_HEADER, collection);
        label.ifPresent(name -> headers.put(ImageMessages.LABEL_HEADER, name));
        return headers;
    }
}
