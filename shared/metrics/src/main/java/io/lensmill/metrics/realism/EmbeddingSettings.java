package io.lensmill.metrics.realism;

import java.util.List;

/**
 * How embeddings are held.
 *
 * @param sampleRows rows held as they are, 2 or more: all of a smaller collection, a random sample of a larger one
 * @param frequencies frequencies of the random features, 3 or more; used beyond sampleRows
 * @param seed of the random features
 * @param bandwidths σ of each kernel, above 0; bandwidths that follow from the data are not among them
 */
public record EmbeddingSettings(int sampleRows, int frequencies, long seed, List<Double> bandwidths) {

    RandomFeatures features(double bandwidth, int dimensions) {
        return new RandomFeatures(bandwidth, frequencies, seed, dimensions);
    }
}
