package io.lensmill.storage;

import java.io.IOException;

/**
 * What a call of an {@link ObjectStore} ends with when it does not end well: either an answer about the one object that
 * was asked for, or no answer of use. The first is for good and concerns nobody else; the second is waited out.
 */
public abstract sealed class ObjectStoreException extends IOException
        permits ObjectRefusedException, StoreUnavailableException {

    private static final long serialVersionUID = 1L;

    ObjectStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
