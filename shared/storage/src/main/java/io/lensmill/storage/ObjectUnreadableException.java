package io.lensmill.storage;

/** The store does not hand this object out: access denied, archived, encrypted with a key that is not ours to use. */
public final class ObjectUnreadableException extends ObjectRefusedException {

    private static final long serialVersionUID = 1L;

    public ObjectUnreadableException(String message) {
        this(message, null);
    }

    public ObjectUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
