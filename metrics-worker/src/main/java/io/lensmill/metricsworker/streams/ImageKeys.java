package io.lensmill.metricsworker.streams;

import io.lensmill.metricsworker.collection.CollectionKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of what is remembered of single images: 16 bytes of the image's SHA-256, then 8 of where it was counted. Short,
 * whatever the names, and of one length, so that all entries of an image lie together. Two images share a key by chance
 * once in 2^64 images.
 */
final class ImageKeys {

    private static final int IMAGE_BYTES = 16;
    private static final int PLACE_BYTES = 8;

    private ImageKeys() {}

    /** An image as it was counted: once per collection, model and generation. */
    static Bytes counted(String imageId, CollectionKey key, long generation) {
        return of(imageId, key.modelId() + '\0' + key.collection() + '\0' + generation);
    }

    /** An image in one collection; in every one when that is empty. */
    static Bytes labelled(String imageId, String collection) {
        return of(imageId, collection);
    }

    private static Bytes of(String imageId, String place) {
        ByteBuffer key = ByteBuffer.allocate(IMAGE_BYTES + PLACE_BYTES);
        key.put(sha256(imageId), 0, IMAGE_BYTES).put(sha256(place), 0, PLACE_BYTES);
        return Bytes.wrap(key.array());
    }

    /** Lowest key of an image. */
    static Bytes first(String imageId) {
        return Bytes.wrap(Arrays.copyOf(Arrays.copyOf(sha256(imageId), IMAGE_BYTES), IMAGE_BYTES + PLACE_BYTES));
    }

    /** Highest key of an image. */
    static Bytes last(String imageId) {
        byte[] key = first(imageId).get().clone();
        Arrays.fill(key, IMAGE_BYTES, key.length, (byte) 0xff);
        return Bytes.wrap(key);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
