package io.lensmill.cli.demo;

/** A stage of the demo did not succeed; the message says which, why, and what was last heard. */
public final class StageFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StageFailure(String stage, String reason, String lastNews, Throwable cause) {
        super("The stage '" + stage + "' failed: " + reason + (lastNews.isBlank() ? "" : "\n" + lastNews), cause);
    }
}
