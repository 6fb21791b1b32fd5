package io.lensmill.metrics.report;

import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.EmbeddingSettings;
import java.util.List;

/**
 * What a report tells of realism.
 *
 * @param bandwidths kernels, in the order of the report
 * @param relativeRows rows per side, at most, of the singular value decomposition behind RRKE, 2 or more
 * @param sampleRows as in {@link EmbeddingSettings}
 * @param frequencies as in {@link EmbeddingSettings}
 * @param seed as in {@link EmbeddingSettings}
 */
public record ReportSettings(List<Bandwidth> bandwidths, int relativeRows, int sampleRows, int frequencies, long seed) {

    public ReportSettings {
        if (relativeRows < 2 || sampleRows < 2 || frequencies < 3) {
            throw new IllegalArgumentException(
                    "relative-rows and sample-rows must be 2 or more and random-features 3 or" + " more; got "
                            + relativeRows + ", " + sampleRows + " and " + frequencies + ".");
        }
    }

    /** Sketches exist for the fixed bandwidths alone: what data decide is not known when the first row is folded. */
    public EmbeddingSettings embeddings() {
        List<Double> fixed = bandwidths.stream()
                .filter(bandwidth -> !bandwidth.isAuto())
                .map(Bandwidth::fixed)
                .toList();
        return new EmbeddingSettings(sampleRows, frequencies, seed, fixed);
    }
}
