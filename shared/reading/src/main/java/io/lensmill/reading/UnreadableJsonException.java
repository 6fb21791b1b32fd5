package io.lensmill.reading;

import java.io.IOException;

/** A text is no JSON, is larger than allowed, or is not of the form that was asked for. Trying again does not help. */
public final class UnreadableJsonException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message names what was read, and says where and what is wrong; no full stop at its end */
    UnreadableJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
