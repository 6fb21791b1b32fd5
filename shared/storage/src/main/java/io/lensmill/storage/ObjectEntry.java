package io.lensmill.storage;

/**
 * One stored object as a listing shows it.
 *
 * @param key the object's key
 * @param sizeBytes its size in bytes
 */
public record ObjectEntry(ObjectKey key, long sizeBytes) {}
