package io.lensmill.metrics.report;

import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.collection.Extractor;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Why a collection cannot be compared with its reference.
 *
 * @param status for every number that would need the comparison
 * @param reason for people
 */
record Obstacle(EstimateStatus status, String reason) {

    /** Whether the collection's own embeddings can be put together, and if not, why. */
    static Optional<Obstacle> within(CollectionSnapshot subject) {
        return subject.tally().extractors().size() > 1 ? Optional.of(mixed(subject)) : Optional.empty();
    }

    /** What stands between the collection and its reference; empty when they can be compared. */
    static Optional<Obstacle> between(CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        Optional<Obstacle> own = within(subject);
        return own.isPresent() ? own : towards(subject, reference);
    }

    private static Optional<Obstacle> towards(CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
        SortedSet<String> named = subject.tally().references();
        if (named.isEmpty()) {
            return none("No reference collection was named with these images.");
        }
        if (named.size() > 1) {
            return none("These images name several reference collections: " + named + "; a collection needs one.");
        }
        if (reference.isEmpty() || reference.get().tally().counted() == 0) {
            return none("Model '" + subject.key().modelId() + "' has classified no image of the reference collection '"
                    + named.first() + "' yet.");
        }
        Optional<Obstacle> foreign = within(reference.get());
        return foreign.isPresent() ? foreign : sameExtractor(subject, reference.get());
    }

    private static Optional<Obstacle> sameExtractor(CollectionSnapshot subject, CollectionSnapshot reference) {
        Extractor own = subject.tally().extractors().first();
        Extractor other = reference.tally().extractors().first();
        return own.equals(other)
                ? Optional.empty()
                : Optional.of(new Obstacle(
                        EstimateStatus.EXTRACTOR_MISMATCH,
                        "The collection was embedded by " + told(own) + ", its reference by " + told(other) + "."));
    }

    private static Optional<Obstacle> none(String reason) {
        return Optional.of(new Obstacle(EstimateStatus.NO_REFERENCE, reason));
    }

    private static Obstacle mixed(CollectionSnapshot collection) {
        return new Obstacle(
                EstimateStatus.EXTRACTOR_MISMATCH,
                "Collection '" + collection.key().collection() + "' was embedded by several extractors: "
                        + collection.tally().extractors().stream()
                                .map(Obstacle::told)
                                .toList() + ".");
    }

    private static String told(Extractor extractor) {
        return "'" + extractor.id() + "' (" + extractor.dimensions() + " dimensions)";
    }
}
