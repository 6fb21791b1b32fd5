package io.lensmill.metricsworker.report;

import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metricsworker.collection.Extractor;
import io.lensmill.reports.estimates.Obstacle;
import java.util.Optional;
import java.util.SortedSet;

/** Whether a collection can be compared with its reference, and what stands between them otherwise. */
final class Comparability {

    private Comparability() {}

    /** Realism is no question for real images that name no reference, nor below two embeddings. */
    static boolean isWanted(CollectionSnapshot subject) {
        boolean asked =
                subject.tally().isGenerated() || !subject.tally().references().isEmpty();
        return asked && subject.tally().counted() >= 2;
    }

    /** Whether the collection's own embeddings cannot be put together, and why. */
    static Optional<Obstacle> within(CollectionSnapshot subject) {
        return subject.tally().extractors().size() > 1 ? Optional.of(mixed(subject)) : Optional.empty();
    }

    /** What stands between the collection and its reference; empty when they can be compared. */
    static Optional<Obstacle> obstacle(CollectionSnapshot subject, Optional<CollectionSnapshot> reference) {
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
                                .map(Comparability::told)
                                .toList() + ".");
    }

    private static String told(Extractor extractor) {
        return "'" + extractor.id() + "' (" + extractor.dimensions() + " dimensions)";
    }
}
