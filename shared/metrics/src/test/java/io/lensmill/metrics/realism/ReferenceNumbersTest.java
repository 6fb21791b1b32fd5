package io.lensmill.metrics.realism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.lensmill.metrics.ReferenceData;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against numbers that SciPy (sqrtm) and the formulas of rke-score gave for the same embeddings. */
class ReferenceNumbersTest {

    private static final List<Double> BANDWIDTHS = List.of(2.0, 4.0, 8.0, 16.0);
    private static final double[] MODES_GENERATED = {
        899.9996416038091, 731.6061019009538, 15.145846520028034, 2.1624860226133826
    };
    private static final double[] MODES_REAL = {
        1199.996331921751, 764.700225992243, 15.000493348014972, 2.204319640253103
    };
    private static final double[] RELATIVE = {
        33.66502413461586, 8.630196804662164, 1.8645531522878926, 0.4201257559822251
    };
    private static final double[] RELATIVE_FIRST_500 = {
        35.34656508101499, 9.162075966629109, 2.0001491483788096, 0.4438277255926426
    };

    private final List<EmbeddingRow> real = ReferenceData.real();
    private final List<EmbeddingRow> generated = ReferenceData.generated();

    @Test
    void frechetDistance() {
        // Given
        MomentAccumulator one = moments(real);
        MomentAccumulator other = moments(generated);
        // When
        double distance = FrechetDistance.between(one, other);
        // Then
        assertThat(distance).isCloseTo(103.28025236102842, within(103.28 * 1e-6));
        assertThat(FrechetDistance.between(other, one)).isCloseTo(distance, within(1e-9));
        assertThat(FrechetDistance.between(one, one)).isCloseTo(0, within(1e-8));
    }

    @Test
    void frechetDistanceOfHalves() {
        // Given / When
        double floor = FrechetDistance.between(moments(real.subList(0, 600)), moments(real.subList(600, 1200)));
        // Then
        assertThat(floor).isCloseTo(2.9122680699237256, within(2.9e-6));
    }

    @Test
    void modeCounts() {
        // Given / When
        KernelEntropy ofGenerated = KernelEntropy.of(generated, BANDWIDTHS);
        KernelEntropy ofReal = KernelEntropy.of(real, BANDWIDTHS);
        // Then
        for (int b = 0; b < BANDWIDTHS.size(); b++) {
            assertThat(ofGenerated.exact(b).value()).isCloseTo(MODES_GENERATED[b], within(MODES_GENERATED[b] * 1e-6));
            assertThat(ofReal.exact(b).value()).isCloseTo(MODES_REAL[b], within(MODES_REAL[b] * 1e-6));
        }
    }

    @Test
    void relativeEntropies() {
        // Given / When
        List<Double> all = RelativeKernelEntropy.exact(generated, real, BANDWIDTHS);
        List<Double> first = RelativeKernelEntropy.exact(generated.subList(0, 500), real.subList(0, 500), BANDWIDTHS);
        // Then
        for (int b = 0; b < BANDWIDTHS.size(); b++) {
            assertThat(all.get(b)).isCloseTo(RELATIVE[b], within(1e-5));
            assertThat(first.get(b)).isCloseTo(RELATIVE_FIRST_500[b], within(1e-5));
        }
    }

    @Test
    void sketchedModeCountsLieWithinTheirOwnInterval() {
        for (int b = 0; b < BANDWIDTHS.size(); b++) {
            int covered = 0;
            for (int seed = 0; seed < 12; seed++) {
                // Given
                RandomFeatureAccumulator sketch = sketch(generated, BANDWIDTHS.get(b), 128, seed);
                // When
                ModeCount modes = sketch.modeCount();
                // Then
                assertThat(modes.value()).isCloseTo(MODES_GENERATED[b], withinPercentage(20));
                covered += modes.lower() <= MODES_GENERATED[b] && MODES_GENERATED[b] <= modes.upper() ? 1 : 0;
            }
            assertThat(covered).as("bandwidth %s", BANDWIDTHS.get(b)).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void sketchedRelativeEntropyIsRightWhereItSaysSoAndTooSmallElsewhere() {
        // Given
        double wide = 48;
        double exact =
                RelativeKernelEntropy.exact(generated, real, List.of(wide)).get(0);
        RandomFeatureAccumulator one = sketch(generated, wide, 256, 1);
        RandomFeatureAccumulator other = sketch(real, wide, 256, 1);
        RandomFeatureAccumulator narrow = sketch(generated, 8, 256, 1);
        // When / Then
        assertThat(one.seesWholeSpectrum()).isTrue();
        assertThat(one.relativeEntropy(other)).isCloseTo(exact, withinPercentage(10));
        assertThat(narrow.seesWholeSpectrum()).isFalse();
        assertThat(narrow.relativeEntropy(sketch(real, 8, 256, 1))).isLessThan(0.7 * RELATIVE[2]);
    }

    @Test
    void aSampleEstimatesTheWhole() {
        int covered = 0;
        for (int seed = 0; seed < 40; seed++) {
            // Given
            RowSample sample = new RowSample(300);
            for (int i = 0; i < generated.size(); i++) {
                sample.add(EmbeddingRow.of(seed + "/" + i, generated.get(i).values()));
            }
            // When
            ModeCount modes = KernelEntropy.of(sample.rows(), List.of(8.0)).estimatedFor(generated.size(), 0);
            // Then
            assertThat(modes.value()).isCloseTo(MODES_GENERATED[2], withinPercentage(15));
            covered += modes.lower() <= MODES_GENERATED[2] && MODES_GENERATED[2] <= modes.upper() ? 1 : 0;
        }
        assertThat(covered).isGreaterThanOrEqualTo(36);
    }

    @Test
    void medianDistance() {
        // Given
        List<EmbeddingRow> square = ReferenceData.rows("square", new float[][] {{0, 0}, {3, 0}, {0, 4}, {3, 4}});
        // When / Then: distances 3, 3, 4, 4, 5, 5
        assertThat(MedianDistance.of(square)).isCloseTo(4, within(1e-12));
        assertThat(MedianDistance.of(square.subList(0, 3))).isCloseTo(4, within(1e-12));
    }

    private static MomentAccumulator moments(List<EmbeddingRow> rows) {
        MomentAccumulator moments = new MomentAccumulator(rows.get(0).values().length);
        moments.add(EmbeddingRow.matrix(rows));
        return moments;
    }

    private static RandomFeatureAccumulator sketch(
            List<EmbeddingRow> rows, double bandwidth, int frequencies, long seed) {
        RandomFeatureAccumulator sketch =
                new RandomFeatureAccumulator(new RandomFeatures(bandwidth, frequencies, seed, 64));
        sketch.add(EmbeddingRow.matrix(rows));
        return sketch;
    }
}
