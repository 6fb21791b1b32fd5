package io.lensmill.metricsworker.page.state;

import io.lensmill.contracts.SampleBatch;

/**
 * What a generation job has made so far.
 *
 * @param count images up to the last one of the batches that were heard of
 */
public record SamplesView(
        String jobId,
        String modelId,
        String collection,
        String reference,
        long count,
        String label,
        String contactSheetKey,
        long createdAt) {

    static SamplesView of(SampleBatch batch) {
        return new SamplesView(
                batch.getJobId(),
                batch.getModelId(),
                batch.getCollection(),
                batch.getReference(),
                (long) batch.getFirstIndex() + batch.getCount(),
                batch.getLabel(),
                batch.getContactSheetKey(),
                batch.getCreatedAt().toEpochMilli());
    }

    /** Both together; batches may come in any order and again. */
    SamplesView and(SamplesView other) {
        return new SamplesView(
                jobId,
                modelId,
                collection,
                reference,
                Math.max(count, other.count),
                label,
                other.contactSheetKey == null ? contactSheetKey : other.contactSheetKey,
                Math.max(createdAt, other.createdAt));
    }
}
