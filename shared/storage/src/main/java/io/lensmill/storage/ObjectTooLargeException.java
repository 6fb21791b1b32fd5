package io.lensmill.storage;

/** The object is larger than the caller is willing to read, or the store to keep. */
public final class ObjectTooLargeException extends ObjectRefusedException {

    private static final long serialVersionUID = 1L;

    public ObjectTooLargeException(String message) {
        this(message, null);
    }

    public ObjectTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
