package io.lensmill.storage;

import java.io.IOException;

/** Nothing stands under this key. */
public final class ObjectNotFoundException extends IOException {

    private static final long serialVersionUID = 1L;

    public ObjectNotFoundException(String message) {
        super(message);
    }
}
