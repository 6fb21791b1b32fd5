package io.lensmill.metricsworker.archive;

/**
 * Counts what becomes of reports on their way to the object store: told = written + skipped + those that wait or are
 * just being written. A failure changes neither side, since the report waits again.
 */
public interface ArchiveAccounting {

    /** A report and its pictures are in the store. */
    void written();

    /** A later report of the same key took its place. Usual: reports come more often than they are written. */
    void skipped(int reports);

    /** The store did not take a report; it is tried again. Worth an alert when it goes on. */
    void failed();

    /** A report was written without pictures, since drawing failed. */
    void withoutPictures();
}
