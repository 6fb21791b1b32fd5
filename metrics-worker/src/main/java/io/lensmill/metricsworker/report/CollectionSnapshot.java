package io.lensmill.metricsworker.report;

import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metricsworker.collection.CollectionKey;
import io.lensmill.metricsworker.collection.CollectionTally;
import java.util.Optional;

/**
 * A collection as it stood at one moment. Nobody changes it any more.
 *
 * @param key of the collection
 * @param identity equal for two snapshots only if nothing was added in between
 * @param tally all but the embeddings
 * @param embeddings empty before the first and where extractors were mixed
 */
public record CollectionSnapshot(
        CollectionKey key, String identity, CollectionTally tally, Optional<EmbeddingAccumulator> embeddings) {}
