package io.lensmill.imaging;

/** Told how far a long piece of work is. May be called from several threads, in any order; the last total counts. */
@FunctionalInterface
public interface Progress {

    /** For those who do not watch. */
    Progress NONE = (done, total) -> {};

    /** {@code done} of {@code total} items are finished. */
    void report(long done, long total);
}
