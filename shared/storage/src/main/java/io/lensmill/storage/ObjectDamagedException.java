package io.lensmill.storage;

/** The store hands out something else than what it says it keeps: cut short, or of another checksum. */
public final class ObjectDamagedException extends ObjectRefusedException {

    private static final long serialVersionUID = 1L;

    public ObjectDamagedException(String message) {
        this(message, null);
    }

    public ObjectDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
