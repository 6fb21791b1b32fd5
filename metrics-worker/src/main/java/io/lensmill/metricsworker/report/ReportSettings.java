package io.lensmill.metricsworker.report;

import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.EmbeddingSettings;
import io.lensmill.reports.estimates.EstimateSettings;
import java.util.List;

/**
 * What a report tells of realism.
 *
 * @param bandwidths kernels, in the order of the report
 * @param relativeRows rows per side, at most, of the singular value decomposition behind RRKE and of KID, and of the
 *     collection in the memorisation check, 2 or more
 * @param sampleRows as in {@link EmbeddingSettings}
 * @param frequencies as in {@link EmbeddingSettings}
 * @param seed as in {@link EmbeddingSettings}
 */
public record ReportSettings(List<Bandwidth> bandwidths, int relativeRows, int sampleRows, int frequencies, long seed) {

    private static final int SLICE_ROWS = 500;

    public ReportSettings {
        if (relativeRows < 2 || sampleRows < 2 || frequencies < 3) {
            throw new IllegalArgumentException(
                    "relative-rows and sample-rows must be 2 or more and random-features 3 or" + " more; got "
                            + relativeRows + ", " + sampleRows + " and " + frequencies + ".");
        }
    }

    /** How the numbers of realism are worked out. */
    EstimateSettings estimates() {
        return new EstimateSettings(bandwidths, relativeRows, relativeRows, seed);
    }

    /** Sketches exist for the fixed bandwidths alone: what data decide is not known when the first row is folded. */
    public EmbeddingSettings embeddings() {
        List<Double> fixed = bandwidths.stream()
                .filter(bandwidth -> !bandwidth.isAuto())
                .map(Bandwidth::fixed)
                .toList();
        return new EmbeddingSettings(sampleRows, frequencies, seed, fixed);
    }

    /**
     * What is held of a slice of time: moments and a smaller sample, no sketches. A window tells whether something has
     * changed, and has six slices per collection.
     */
    public EmbeddingSettings embeddingsOfSlices() {
        return new EmbeddingSettings(Math.min(sampleRows, SLICE_ROWS), frequencies, seed, List.of());
    }
}
