package io.lensmill.jobs;

import java.io.IOException;

/** A model's stored files are not those that were published. Trying again does not help. */
public final class ModelDamagedException extends IOException {

    private static final long serialVersionUID = 1L;

    public ModelDamagedException(String message) {
        super(message);
    }

    public ModelDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
