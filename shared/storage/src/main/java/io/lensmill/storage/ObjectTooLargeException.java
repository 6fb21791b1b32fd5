package io.lensmill.storage;

import java.io.IOException;

/** The object is larger than the caller is willing to read. */
public final class ObjectTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    public ObjectTooLargeException(String message) {
        super(message);
    }
}
