package io.lensmill.neural.training;

/** The loss, a gradient or a parameter became NaN or infinite; what the parameters are now is not to be relied on. */
public final class NotFiniteException extends Exception {

    private static final long serialVersionUID = 1L;

    public NotFiniteException(String message) {
        super(message);
    }
}
