package io.lensmill.metrics.realism;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.metrics.ReferenceData;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * Sketches and samples are as wrong as they say, over a hundred seeds that nobody chose. Their intervals are of 95 %,
 * so of a hundred 95 are expected to cover the truth and 89 or more in 99 of 100 such tests; the errors that README.md
 * states hold in 95 of the hundred.
 */
class StatedErrorTest {

    private static final int SEEDS = 100;
    private static final int DIMENSIONS = 64;

    /** A third of the reference's rows: enough for mode counts of 14 and 2, quick enough for a hundred sketches. */
    private final List<EmbeddingRow> rows = ReferenceData.generated().subList(0, 300);

    @Test
    void sketchesAreWithinTheirStatedError() {
        for (double bandwidth : new double[] {8, 16}) {
            // Given
            double truth = KernelEntropy.of(rows, List.of(bandwidth)).exact(0).value();
            DMatrixRMaj matrix = EmbeddingRow.matrix(rows);
            int near = 0;
            int covered = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                // When
                RandomFeatureAccumulator sketch =
                        new RandomFeatureAccumulator(new RandomFeatures(bandwidth, 256, seed, DIMENSIONS));
                sketch.add(matrix);
                ModeCount modes = sketch.modeCount();
                near += Math.abs(modes.value() / truth - 1) <= 0.1 ? 1 : 0;
                covered += modes.lower() <= truth && truth <= modes.upper() ? 1 : 0;
            }
            // Then
            assertThat(near).as("within 10 %% at bandwidth %s", bandwidth).isGreaterThanOrEqualTo(95);
            assertThat(covered).as("covered at bandwidth %s", bandwidth).isGreaterThanOrEqualTo(89);
        }
    }

    @Test
    void samplesAreWithinTheirStatedError() {
        for (double bandwidth : new double[] {8, 16}) {
            // Given
            List<EmbeddingRow> all = ReferenceData.generated();
            double truth = KernelEntropy.of(all, List.of(bandwidth)).exact(0).value();
            int near = 0;
            int covered = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                // When
                RowSample sample = new RowSample(300);
                List<EmbeddingRow> renamed = new ArrayList<>();
                for (int i = 0; i < all.size(); i++) {
                    renamed.add(EmbeddingRow.of(seed + "/" + i, all.get(i).values()));
                }
                renamed.forEach(sample::add);
                ModeCount modes =
                        KernelEntropy.of(sample.rows(), List.of(bandwidth)).estimatedFor(all.size(), 0);
                near += Math.abs(modes.value() / truth - 1) <= 0.06 ? 1 : 0;
                covered += modes.lower() <= truth && truth <= modes.upper() ? 1 : 0;
            }
            // Then: the sample is a third of the set, so it errs less than its interval allows
            assertThat(near).as("within 6 %% at bandwidth %s", bandwidth).isGreaterThanOrEqualTo(95);
            assertThat(covered).as("covered at bandwidth %s", bandwidth).isGreaterThanOrEqualTo(95);
        }
    }
}
