package io.lensmill.reports.estimates;

import java.util.List;
import java.util.Optional;

/**
 * A set without a comparison: it tells of itself what can be told.
 *
 * @param embeddings empty where they cannot be put together, since several networks made them
 * @param count images that there are
 * @param kernels those whose bandwidth is known
 * @param settings the kernels asked for, and the rest
 * @param obstacle why there is no comparison
 */
public record LoneSet(
        Optional<EmbeddingSet> embeddings,
        long count,
        List<Kernel> kernels,
        EstimateSettings settings,
        Obstacle obstacle) {

    /** Without a reference from which a bandwidth could follow. */
    public static LoneSet of(
            Optional<EmbeddingSet> embeddings, long count, EstimateSettings settings, Obstacle obstacle) {
        return new LoneSet(embeddings, count, Kernel.fixed(settings.bandwidths()), settings, obstacle);
    }

    /** As its own reference. */
    public static LoneSet suitingItself(EmbeddingSet embeddings, EstimateSettings settings, Obstacle obstacle) {
        return new LoneSet(
                Optional.of(embeddings),
                embeddings.count(),
                Kernel.suitedTo(embeddings, settings.bandwidths()),
                settings,
                obstacle);
    }
}
