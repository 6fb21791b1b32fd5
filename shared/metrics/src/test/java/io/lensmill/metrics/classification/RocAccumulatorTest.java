package io.lensmill.metrics.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.metrics.ReferenceData;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RocAccumulatorTest {

    /** As scikit-learn's roc_auc_score gives them, one class against the rest. */
    private static final double[] EXPECTED = {0.9699471746009044, 0.9671228700670472, 0.9669543882970736};

    @Test
    void agreesWithScikitLearnToOneTenThousandth() {
        // Given
        float[][] probabilities = ReferenceData.probabilities();
        int[] labels = ReferenceData.labels();
        for (int k = 0; k < EXPECTED.length; k++) {
            // When
            RocAccumulator roc = new RocAccumulator();
            for (int i = 0; i < labels.length; i++) {
                roc.add(probabilities[i][k], labels[i] == k);
            }
            // Then
            assertThat(roc.area()).isCloseTo(EXPECTED[k], within(1e-4));
            assertThat(EXPECTED[k]).isBetween(roc.bounds().lower(), roc.bounds().upper());
            assertThat(roc.bounds().upper() - roc.bounds().lower()).isLessThan(5e-3);
            assertCurve(roc.curve(), roc.area());
        }
    }

    private static void assertCurve(RocCurvePoints curve, double area) {
        int points = curve.falsePositiveRate().size();
        assertThat(points).isBetween(3, RocCurvePoints.MAX_POINTS);
        assertThat(curve.falsePositiveRate()).isSorted().startsWith(0.0).endsWith(1.0);
        assertThat(curve.truePositiveRate()).isSorted().startsWith(0.0).endsWith(1.0);
        double trapezoids = 0;
        for (int i = 1; i < points; i++) {
            double width =
                    curve.falsePositiveRate().get(i) - curve.falsePositiveRate().get(i - 1);
            trapezoids += width
                    * (curve.truePositiveRate().get(i)
                            + curve.truePositiveRate().get(i - 1))
                    / 2;
        }
        assertThat(trapezoids).isCloseTo(area, within(2e-3));
    }

    @Test
    void isExactWhereEveryScoreHasItsOwnBin() {
        // Given: powers of two as odds, so logits lie far apart
        float[] positives = {0.9f, 0.75f, 0.3f};
        float[] negatives = {0.8f, 0.5f, 0.2f, 0.1f};
        // When
        RocAccumulator roc = new RocAccumulator();
        for (float p : positives) {
            roc.add(p, true);
        }
        for (float p : negatives) {
            roc.add(p, false);
        }
        // Then: of 12 pairs 4 + 3 + 2 are in order
        assertThat(roc.area()).isCloseTo(9.0 / 12, within(1e-15));
        assertThat(roc.bounds()).isEqualTo(new Interval(roc.area(), roc.area()));
    }

    @Test
    void countsTiesOneHalfAndBoundsThem() {
        // Given / When
        RocAccumulator roc = new RocAccumulator();
        roc.add(0.5f, true);
        roc.add(0.5f, false);
        // Then
        assertThat(roc.area()).isEqualTo(0.5);
        assertThat(roc.bounds()).isEqualTo(new Interval(0, 1));
    }

    @Test
    void isTheSameForEveryOrderAndPartition() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            Random random = new Random(seed);
            RocAccumulator whole = new RocAccumulator();
            RocAccumulator[] parts = {new RocAccumulator(), new RocAccumulator(), new RocAccumulator()};
            // When
            for (int i = 0; i < 500; i++) {
                float p = (float) Math.pow(random.nextDouble(), 1 + random.nextInt(20));
                boolean positive = random.nextBoolean();
                whole.add(p, positive);
                parts[random.nextInt(3)].add(p, positive);
            }
            parts[2].merge(parts[0]);
            parts[2].merge(RocAccumulator.fromBytes(parts[1].toBytes()));
            // Then
            assertThat(parts[2].toBytes()).isEqualTo(whole.toBytes());
        }
    }

    @Test
    void takesTheEndsOfTheScale() {
        // Given / When
        RocAccumulator roc = new RocAccumulator();
        roc.add(1f, true);
        roc.add(0f, false);
        // Then
        assertThat(roc.area()).isEqualTo(1);
        assertThat(LogitBins.of(0f)).isLessThan(LogitBins.of(Float.MIN_VALUE));
        assertThat(LogitBins.of(Math.nextDown(1f))).isLessThan(LogitBins.of(1f));
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> new RocAccumulator().add(Float.NaN, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new RocAccumulator().add(1.01f, true)).hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> new RocAccumulator().area()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void staysSmall() {
        // Given
        RocAccumulator roc = new RocAccumulator();
        Random random = new Random(1);
        // When
        for (int i = 0; i < 200_000; i++) {
            roc.add((float) (1 / (1 + Math.exp(-6 * random.nextGaussian()))), random.nextBoolean());
        }
        // Then
        assertThat(roc.toBytes().length).isLessThan(20_000);
    }
}
