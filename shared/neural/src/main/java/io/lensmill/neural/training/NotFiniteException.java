package io.lensmill.neural.training;

/** The loss or a gradient became NaN or infinite; the weights were left as they were before the step. */
public final class NotFiniteException extends Exception {

    private static final long serialVersionUID = 1L;

    public NotFiniteException(String message) {
        super(message);
    }
}
