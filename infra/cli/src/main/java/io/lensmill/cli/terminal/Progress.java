package io.lensmill.cli.terminal;

/** Shows how far a piece of work has come. Not for use by several threads at once, except {@link #advance}. */
public interface Progress extends AutoCloseable {

    /** The work's size has become known; 0: still unknown. */
    void total(long total);

    /** So much is done, with a few words beside it (may be empty). */
    void at(long done, String note);

    /** One more is done. Safe from several threads. */
    void advance();

    /** The bar or line ends here. */
    @Override
    void close();
}
