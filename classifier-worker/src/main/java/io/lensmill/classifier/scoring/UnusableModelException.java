package io.lensmill.classifier.scoring;

/** A published model whose files are missing, damaged or at odds with what was published of them. */
public final class UnusableModelException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnusableModelException(String message) {
        super(message);
    }

    public UnusableModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
