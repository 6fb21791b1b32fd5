package io.lensmill.imaging.dataset;

/** A dataset that cannot be used as it is. Its message is written for the person who asked for it. */
public final class DatasetException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** The name is no dataset name. */
        BAD_NAME,
        /** No image stands under the prefix. */
        MISSING,
        /** A class has no images where it needs some, or a folder is no class. */
        CLASS_MISSING,
        /** An image cannot be read. */
        UNDECODABLE_IMAGE,
        /** The objects differ from what manifest.json says. */
        NOT_AS_IN_MANIFEST,
        /** More than memory and local disk can hold. */
        TOO_LARGE
    }

    private final Reason reason;

    public DatasetException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public DatasetException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
