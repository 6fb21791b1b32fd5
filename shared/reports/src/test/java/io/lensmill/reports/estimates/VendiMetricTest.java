package io.lensmill.reports.estimates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.metrics.ReferenceData;
import io.lensmill.metrics.realism.Bandwidth;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.EmbeddingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class VendiMetricTest {

    private static final VendiMetric VENDI = new VendiMetric();

    private static EstimateSettings settings(int relativeRows, String... bandwidths) {
        return new EstimateSettings(Bandwidth.parseAll("bandwidths", List.of(bandwidths)), relativeRows, 500, 1);
    }

    private static EmbeddingSet folded(List<EmbeddingRow> rows, int held, double... sketched) {
        EmbeddingAccumulator embeddings = new EmbeddingAccumulator(
                new EmbeddingSettings(
                        held, 256, 1, Arrays.stream(sketched).boxed().toList()),
                rows.get(0).values().length);
        rows.forEach(embeddings::add);
        return new FoldedEmbeddings(embeddings);
    }

    private static List<Figure> compared(EstimateSettings settings, EmbeddingSet subject, EmbeddingSet reference) {
        return VENDI.compared(new Comparison(subject, reference, settings, Extrapolator.thorough(1, () -> {})));
    }

    /** numpy.linalg.eigvalsh(K / n), exp of -sum w ln w, in float64. */
    @Test
    void isWhatNumPyGives() {
        // Given
        EmbeddingSet generated = folded(ReferenceData.generated(), 2000);
        EmbeddingSet real = folded(ReferenceData.real(), 2000);
        // When
        List<Figure> figures = compared(settings(2000, "4", "8", "16"), generated, real);
        // Then
        assertExact(figures.get(0).estimate().build(), 847.4617318944357, 900);
        assertExact(figures.get(1).estimate().build(), 119.91128114249476, 900);
        assertExact(figures.get(2).estimate().build(), 7.150918049466338, 900);
        assertExact(figures.get(0).expected().build(), 1064.4150319501541, 1200);
        assertExact(figures.get(1).expected().build(), 114.51401666932044, 1200);
        assertExact(figures.get(2).expected().build(), 7.036604410109509, 1200);
        assertThat(figures.get(0).estimate().build().getStatus()).isEqualTo(EstimateStatus.TOO_FEW);
        assertThat(figures.get(1).estimate().build().getStatus()).isEqualTo(EstimateStatus.OK);
    }

    private static void assertExact(Estimate estimate, double value, long n) {
        assertThat(estimate.getValue()).isCloseTo(value, within(value * 1e-9));
        assertThat(estimate.getEstimator()).isEqualTo("exact");
        assertThat(estimate.getN()).isEqualTo(n);
        assertThat(estimate.getValue()).isBetween(estimate.getLower(), estimate.getUpper());
    }

    @Test
    void beyondTheRowsOfADecompositionItSaysHowItIsEstimated() {
        // Given: few modes under a wide kernel, many under a narrow one
        EmbeddingSet generated = folded(ReferenceData.generated(), 600, 8, 64);
        EmbeddingSet real = folded(ReferenceData.real(), 600, 8, 64);
        EmbeddingSet whole = folded(ReferenceData.generated(), 2000);
        // When
        List<Figure> figures = compared(settings(300, "8", "64"), generated, real);
        List<Figure> exact = compared(settings(2000, "8", "64"), whole, real);
        // Then
        Estimate narrow = figures.get(0).estimate().build();
        assertThat(narrow.getEstimator()).isEqualTo("seeded reservoir");
        assertThat(narrow.getN()).isEqualTo(300);
        assertThat(narrow.getParameters()).containsEntry("rows", "300").containsEntry("bandwidth", "8.0");
        Estimate wide = figures.get(1).estimate().build();
        assertThat(wide.getEstimator()).isEqualTo("random Fourier features");
        assertThat(wide.getN()).isEqualTo(900);
        assertThat(wide.getValue()).isCloseTo(exact.get(1).estimate().build().getValue(), within(0.01));
    }

    @Test
    void itsIntervalIsThatOfAnotherDrawOfAsManyImages() {
        // Given
        Random random = new Random(5);
        int draws = 40;
        double[] scores = new double[draws];
        double stated = 0;
        // When
        for (int draw = 0; draw < draws; draw++) {
            Estimate estimate = scoreOf(normals(random, 400, 6));
            scores[draw] = Math.log(estimate.getValue());
            stated += (Math.log(estimate.getUpper()) - scores[draw]) / 2.3646 / draws;
        }
        // Then
        double mean = Arrays.stream(scores).average().orElseThrow();
        double spread = Math.sqrt(Arrays.stream(scores)
                        .map(score -> (score - mean) * (score - mean))
                        .sum()
                / (draws - 1));
        assertThat(stated / spread).isBetween(0.6, 1.7);
    }

    private static Estimate scoreOf(DMatrixRMaj rows) {
        EmbeddingSet set = new MatrixEmbeddings(rows, 1);
        return compared(settings(2000, "2"), set, set).get(0).estimate().build();
    }

    private static DMatrixRMaj normals(Random random, int rows, int columns) {
        DMatrixRMaj normals = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < normals.getNumElements(); i++) {
            normals.data[i] = random.nextGaussian();
        }
        return normals;
    }

    @Test
    void twoImagesFarApartAreTwo() {
        // Given
        DMatrixRMaj rows = new DMatrixRMaj(2, 1);
        rows.data[1] = 1000;
        // Then
        assertThat(scoreOf(rows).getValue()).isCloseTo(2, within(1e-12));
        assertThat(scoreOf(rows).getUpper()).isNull();
    }
}
