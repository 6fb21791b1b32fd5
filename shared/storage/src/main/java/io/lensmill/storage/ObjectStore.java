package io.lensmill.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The object storage that Lensmill needs, and no more. Every implementation passes the same contract test.
 *
 * <p>Writes are atomic: a reader sees the old object, the new one or none, never a part. Implementations are safe for
 * use by several threads. Every call that has to do with the store ends well or in an {@link ObjectStoreException}:
 * {@link ObjectRefusedException} for an answer about the object, {@link StoreUnavailableException} for everything else,
 * which is to be tried again.
 */
public interface ObjectStore {

    /** Stores the content under the key, in place of what stood there. */
    void put(ObjectKey key, byte[] content) throws IOException;

    /**
     * Stores a file's content, in place of what stood there.
     *
     * @throws java.nio.file.NoSuchFileException when there is no such file
     */
    void put(ObjectKey key, Path file) throws IOException;

    /**
     * Reads a whole object.
     *
     * @param maxBytes largest size that is read, at least 0; checked before memory is reserved
     * @throws ObjectNotFoundException when nothing stands under the key
     * @throws ObjectTooLargeException when the object is larger
     * @throws ObjectKeyRefusedException when the store can have no object under the key
     * @throws ObjectUnreadableException when the store does not hand the object out
     * @throws ObjectDamagedException when it arrives incomplete or changed
     */
    byte[] get(ObjectKey key, long maxBytes) throws IOException;

    /** Size of the object, or empty when nothing stands under the key. */
    Optional<ObjectEntry> find(ObjectKey key) throws IOException;

    /**
     * Every object whose key begins with the prefix, at any depth, in ascending order of the key's UTF-8 bytes.
     *
     * @param prefix "" for all, otherwise the beginning of a key, usually with a '/' at its end
     * @throws IllegalArgumentException when no key can begin with the prefix
     */
    List<ObjectEntry> list(String prefix) throws IOException;

    /** Removes the object. A key under which nothing stands is no error. */
    void delete(ObjectKey key) throws IOException;
}
