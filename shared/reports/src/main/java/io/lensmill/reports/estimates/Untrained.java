package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;

/** The flag of numbers that an untrained network's embeddings gave. */
final class Untrained {

    private Untrained() {}

    /** @return the same draft */
    static EstimateDraft flagged(EstimateDraft draft, boolean trained) {
        return draft.flagIf(
                !trained,
                EstimateStatus.UNTRAINED_EXTRACTOR,
                "The embedding comes from a network that was never trained: it says nothing of the images.");
    }
}
