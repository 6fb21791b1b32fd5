package io.lensmill.storage;

/**
 * Largest object that a caller is willing to hold in memory.
 *
 * @param maxBytes at least 0
 */
record SizeLimit(long maxBytes) {

    /** Some virtual machines keep a few words of an array for themselves. */
    private static final long MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

    SizeLimit {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must be at least 0, got " + maxBytes);
        }
    }

    /** The limit as the length of an array: objects of 2 GiB and more never fit, whatever the caller says. */
    int asArrayLength() {
        return (int) Math.min(maxBytes, MAX_ARRAY_BYTES);
    }

    void check(ObjectKey key, long sizeBytes) throws ObjectTooLargeException {
        if (sizeBytes > asArrayLength()) {
            throw new ObjectTooLargeException(
                    "Object %s has %d bytes, at most %d are read".formatted(key, sizeBytes, asArrayLength()));
        }
    }
}
