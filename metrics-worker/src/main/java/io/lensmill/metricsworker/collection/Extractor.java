package io.lensmill.metricsworker.collection;

import java.util.Comparator;

/**
 * What made an embedding. Embeddings of two extractors live in different spaces and are never compared.
 *
 * @param id model id, weight hash and preprocessing, as the classifier worker states them
 * @param dimensions size of the embedding
 */
public record Extractor(String id, int dimensions) implements Comparable<Extractor> {

    @Override
    public int compareTo(Extractor other) {
        return Comparator.comparing(Extractor::id)
                .thenComparing(Extractor::dimensions)
                .compare(this, other);
    }
}
