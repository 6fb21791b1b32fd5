package io.lensmill.contracts;

/** An input that cannot be worked on, for a reason that its sender can mend. Its message is written for that sender. */
public class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RefusalCode code;

    public RefusedException(RefusalCode code, String detail) {
        super(detail);
        this.code = code;
    }

    public RefusedException(RefusalCode code, String detail, Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    public RefusalCode code() {
        return code;
    }
}
