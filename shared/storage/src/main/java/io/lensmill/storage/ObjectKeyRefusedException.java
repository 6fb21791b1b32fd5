package io.lensmill.storage;

/** The store can have no object under this key: it is too long for it, or of characters that it does not take. */
public final class ObjectKeyRefusedException extends ObjectRefusedException {

    private static final long serialVersionUID = 1L;

    public ObjectKeyRefusedException(String message) {
        this(message, null);
    }

    public ObjectKeyRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
