package io.lensmill.reports.estimates;

import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import java.util.Map;

/**
 * How many different images a kernel sees in a set, and how that came about.
 *
 * @param value from 1 (one blob) to n (every image stands alone)
 * @param lower 95 % interval, equal to the value where there is none
 * @param upper as lower; infinite where the estimate does not bound it
 * @param intervalKind what the interval tells
 * @param estimator how it was computed
 * @param n embeddings that it speaks of
 * @param parameters settings of the estimator
 */
record Diversity(
        double value,
        double lower,
        double upper,
        String intervalKind,
        String estimator,
        long n,
        Map<String, String> parameters) {

    static final String EXACT = "exact";
    static final String SAMPLE = "seeded reservoir";
    static final String SKETCH = "random Fourier features";

    /**
     * Whether the kernel tells most images apart from all others. Then the number follows the number of images, and
     * says nothing of the distribution.
     */
    boolean seesSingleImages() {
        return value > n / 2.0;
    }

    /** A new one with each call, since flags may be added to it. */
    EstimateDraft draft() {
        EstimateDraft draft = EstimateDraft.by(estimator, n).value(value);
        if (upper > lower) {
            draft.interval(intervalKind, lower, upper);
        }
        parameters.forEach(draft::parameter);
        return draft.flagIf(
                seesSingleImages(),
                EstimateStatus.TOO_FEW,
                "The kernel sees nearly every image as a mode of its own: too few images for so small a bandwidth.");
    }
}
