package io.lensmill.storage;

/** The store works and has answered: this object is not to be had under this key. Asking again does not help. */
public abstract sealed class ObjectRefusedException extends ObjectStoreException
        permits ObjectNotFoundException,
                ObjectTooLargeException,
                ObjectKeyRefusedException,
                ObjectUnreadableException,
                ObjectDamagedException {

    private static final long serialVersionUID = 1L;

    ObjectRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
