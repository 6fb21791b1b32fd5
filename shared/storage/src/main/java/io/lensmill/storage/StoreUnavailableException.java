package io.lensmill.storage;

/**
 * The store does not answer, is busy, or answers about itself, the bucket or the account: nothing is known of the
 * object. To be tried again, for as long as it takes.
 */
public final class StoreUnavailableException extends ObjectStoreException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message) {
        this(message, null);
    }

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
