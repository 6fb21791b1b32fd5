package io.lensmill.contracts;

/**
 * An input that cannot be worked on, for a reason that its sender can mend. Its message is written for that sender;
 * what it quotes of the input is made {@link Printable}, since it goes to logs, headers and terminals.
 */
public class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RefusalCode code;

    public RefusedException(RefusalCode code, String detail) {
        super(Printable.line(detail));
        this.code = code;
    }

    public RefusedException(RefusalCode code, String detail, Throwable cause) {
        super(Printable.line(detail), cause);
        this.code = code;
    }

    public RefusalCode code() {
        return code;
    }
}
