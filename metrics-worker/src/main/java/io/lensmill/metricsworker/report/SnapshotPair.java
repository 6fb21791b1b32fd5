package io.lensmill.metricsworker.report;

import io.lensmill.metrics.realism.EmbeddingAccumulator;
import java.util.Optional;

/**
 * A collection and its reference, which can be compared.
 *
 * @param subject with embeddings
 * @param reference with embeddings by the same extractor
 */
record SnapshotPair(CollectionSnapshot subject, CollectionSnapshot reference) {

    /** Empty where they cannot be compared, or nobody asks. */
    static Optional<SnapshotPair> of(CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        boolean compared = Comparability.isWanted(subject)
                && Comparability.obstacle(subject, reference).isEmpty();
        return compared ? reference.map(other -> new SnapshotPair(subject, other)) : Optional.empty();
    }

    /** Name of the comparison, whatever the images: the sample of a window is smaller, and has a place of its own. */
    String place() {
        return subject.key().text() + "#" + embeddings(subject).sample().capacity();
    }

    /** Of the very images that are compared. */
    String identity() {
        return subject.identity() + " beside " + reference.identity();
    }

    /** Held on both sides. */
    long rows() {
        return (long) embeddings(subject).sample().size()
                + embeddings(reference).sample().size();
    }

    boolean isTrained() {
        return subject.tally().isTrained() && reference.tally().isTrained();
    }

    EmbeddingAccumulator ofSubject() {
        return embeddings(subject);
    }

    EmbeddingAccumulator ofReference() {
        return embeddings(reference);
    }

    /** For another thread: accumulators fold what waits in them when they are asked. */
    SnapshotPair copy() {
        return new SnapshotPair(copy(subject), copy(reference));
    }

    private static CollectionSnapshot copy(CollectionSnapshot of) {
        return new CollectionSnapshot(
                of.key(), of.identity(), of.tally(), of.embeddings().map(EmbeddingAccumulator::copy));
    }

    private static EmbeddingAccumulator embeddings(CollectionSnapshot of) {
        return of.embeddings().orElseThrow();
    }
}
