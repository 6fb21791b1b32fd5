package io.lensmill.storage;

/** Nothing stands under this key. */
public final class ObjectNotFoundException extends ObjectRefusedException {

    private static final long serialVersionUID = 1L;

    public ObjectNotFoundException(String message) {
        this(message, null);
    }

    public ObjectNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
