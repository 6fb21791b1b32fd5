package io.lensmill.metricsworker.page.state;

import io.lensmill.contracts.RealismMetrics;

/** What generated images are held against; the numbers stand among the report's figures. */
public record RealismView(String reference, long referenceCount, int embeddingSize) {

    static RealismView of(RealismMetrics metrics) {
        return new RealismView(metrics.getReference(), metrics.getReferenceCount(), metrics.getEmbeddingSize());
    }
}
