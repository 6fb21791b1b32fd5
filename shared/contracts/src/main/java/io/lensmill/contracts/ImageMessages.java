package io.lensmill.contracts;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What may stand on {@link Topics#IMAGES}: a {@link LensImage} in its envelope, or a bare image file (npy, npz, FITS,
 * also gzipped, or PNG). With a bare file the record key is the image id, and the headers {@code collection} and
 * {@code label} may add to it. With both the header {@code sent-at} becomes an attribute.
 */
public final class ImageMessages {

    public static final String COLLECTION_HEADER = "collection";
    public static final String LABEL_HEADER = "label";

    /**
     * When its sender sent the image: ISO 8601, UTC. The record's own time is the broker's. It is echoed as the
     * attribute of the same name, where the image has none.
     */
    public static final String SENT_AT_HEADER = "sent-at";

    public static final String DEFAULT_COLLECTION = "inbox";

    /** Largest image file inside a message, in bytes. */
    public static final int MAX_PIXEL_BYTES = 8 * 1024 * 1024;

    private ImageMessages() {}

    /**
     * @param key record key; the image id of a bare file, with lone surrogates where it is no UTF-8; may be null for an
     *     enveloped message
     * @param value record value
     * @param headers record headers as text
     * @param formats tells the format of a bare file, empty for an unknown one; asked of values that are not empty
     * @throws RefusedException UNDECODABLE for unknown bytes, INVALID_PARAMETER for a bad id, collection or a message
     *     with both or neither of pixels and objectKey, TOO_LARGE beyond {@link #MAX_PIXEL_BYTES}
     */
    public static LensImage decode(
            String key, byte[] value, Map<String, String> headers, Function<byte[], Optional<ImageFormat>> formats)
            throws RefusedException {
        LensImage image = Envelope.isContainer(value)
                ? Envelope.decode(value, LensImage.class)
                : bareFile(key, value, headers, formats);
        validate(image);
        String sentAt = headers.get(SENT_AT_HEADER);
        if (sentAt != null && !image.getAttributes().containsKey(SENT_AT_HEADER)) {
            Map<String, String> attributes = new HashMap<>(image.getAttributes());
            attributes.put(SENT_AT_HEADER, sentAt);
            image.setAttributes(attributes);
        }
        return image;
    }

    private static LensImage bareFile(
            String key, byte[] value, Map<String, String> headers, Function<byte[], Optional<ImageFormat>> formats)
            throws RefusedException {
        if (value == null || value.length == 0) {
            throw new RefusedException(RefusalCode.UNDECODABLE, "The message has no value.");
        }
        ImageFormat format = formats.apply(value)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNDECODABLE,
                        "The value is neither an Avro object container (Obj\\x01) nor a .npy, .npz, FITS or PNG"
                                + " file."));
        if (key != null && key.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    "The record key is no UTF-8; it is the id of a bare image file. Got " + Printable.quoted(key)
                            + ".");
        }
        return LensImage.newBuilder()
                .setImageId(key == null ? "" : key)
                .setCollection(headers.getOrDefault(COLLECTION_HEADER, DEFAULT_COLLECTION))
                // Not left to the schema's default: Avro would look the enum up where Avro itself was loaded.
                .setRole(ImageRole.REAL)
                .setLabel(headers.get(LABEL_HEADER))
                .setFormat(format)
                .setPixels(ByteBuffer.wrap(value))
                .build();
    }

    private static void validate(LensImage image) throws RefusedException {
        Names.requireImageId(image.getImageId());
        Names.requireCollection("collection", image.getCollection());
        if (image.getReference() != null) {
            Names.requireCollection("reference", image.getReference());
        }
        if ((image.getPixels() == null) == (image.getObjectKey() == null)) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER, "Exactly one of pixels and objectKey must be set on a LensImage.");
        }
        if (image.getPixels() != null && image.getPixels().remaining() > MAX_PIXEL_BYTES) {
            throw new RefusedException(
                    RefusalCode.TOO_LARGE,
                    "The image file has " + image.getPixels().remaining() + " bytes; " + MAX_PIXEL_BYTES
                            + " are allowed in a message. Put larger files into the object store and send objectKey.");
        }
    }
}
