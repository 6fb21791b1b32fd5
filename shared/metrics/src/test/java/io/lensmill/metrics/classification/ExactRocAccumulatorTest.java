package io.lensmill.metrics.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.metrics.ReferenceData;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactRocAccumulatorTest {

    /** As scikit-learn's roc_auc_score gives them, one class against the rest. */
    private static final double[] EXPECTED = {0.9699471746009044, 0.9671228700670472, 0.9669543882970736};

    @Test
    void equalsScikitLearn() {
        // Given
        float[][] probabilities = ReferenceData.probabilities();
        int[] labels = ReferenceData.labels();
        for (int k = 0; k < EXPECTED.length; k++) {
            // When
            ExactRocAccumulator roc = new ExactRocAccumulator();
            for (int i = 0; i < labels.length; i++) {
                roc.add(probabilities[i][k], labels[i] == k);
            }
            // Then
            assertThat(roc.area()).isCloseTo(EXPECTED[k], within(1e-10));
        }
    }

    @Test
    void isTheShareOfPairsInOrder() {
        for (int seed = 0; seed < 20; seed++) {
            // Given: few distinct scores, so many ties
            Random random = new Random(seed);
            int[] positives = random.ints(30, 0, 10).toArray();
            int[] negatives = random.ints(40, 0, 8).toArray();
            ExactRocAccumulator roc = new ExactRocAccumulator();
            // When
            double won = 0;
            for (int p : positives) {
                roc.add(p / 10.0, true);
                for (int n : negatives) {
                    won += p > n ? 1 : p == n ? 0.5 : 0;
                }
            }
            for (int n : negatives) {
                roc.add(n / 10.0, false);
            }
            // Then
            assertThat(roc.area()).isCloseTo(won / 1200, within(1e-14));
        }
    }

    @Test
    void tellsApartWhatBinsCannot() {
        // Given
        ExactRocAccumulator exact = new ExactRocAccumulator();
        RocAccumulator binned = new RocAccumulator();
        // When
        exact.add(Math.nextUp(0.5f), true);
        exact.add(0.5f, false);
        binned.add(Math.nextUp(0.5f), true);
        binned.add(0.5f, false);
        // Then
        assertThat(exact.area()).isEqualTo(1);
        assertThat(1.0).isBetween(binned.bounds().lower(), binned.bounds().upper());
    }

    @Test
    void liesWithinTheBoundsOfTheBins() {
        for (int seed = 0; seed < 100; seed++) {
            // Given
            Random random = new Random(seed);
            ExactRocAccumulator exact = new ExactRocAccumulator();
            RocAccumulator binned = new RocAccumulator();
            // When
            for (int i = 0; i < 400; i++) {
                boolean positive = random.nextBoolean();
                float p = (float) (1 / (1 + Math.exp(-random.nextGaussian() - (positive ? 1 : 0))));
                exact.add(p, positive);
                binned.add(p, positive);
            }
            // Then
            assertThat(exact.area())
                    .isBetween(binned.bounds().lower(), binned.bounds().upper());
        }
    }

    @Test
    void isTheSameForEveryOrderAndPartition() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            Random random = new Random(seed);
            ExactRocAccumulator whole = new ExactRocAccumulator();
            ExactRocAccumulator[] parts = {
                new ExactRocAccumulator(), new ExactRocAccumulator(), new ExactRocAccumulator()
            };
            double[] scores =
                    random.doubles(300).map(p -> Math.round(50 * p) / 50.0).toArray();
            for (double score : scores) {
                whole.add(score, score * 7 % 1 > 0.4);
            }
            // When
            for (int i = scores.length - 1; i >= 0; i--) {
                parts[random.nextInt(3)].add(scores[i], scores[i] * 7 % 1 > 0.4);
            }
            parts[2].merge(parts[0]);
            parts[2].merge(ExactRocAccumulator.fromBytes(parts[1].toBytes()));
            // Then
            assertThat(parts[2].toBytes()).isEqualTo(whole.toBytes());
            assertThat(parts[2].area()).isEqualTo(whole.area());
        }
    }

    @Test
    void keepsOneEntryPerDistinctScore() {
        // Given
        ExactRocAccumulator roc = new ExactRocAccumulator();
        // When
        for (int i = 0; i < 10_000; i++) {
            roc.add(i % 2 == 0 ? 0.0 : -0.0, i % 3 == 0);
        }
        // Then
        assertThat(roc.toBytes().length).isLessThan(16);
        assertThat(roc.area()).isEqualTo(0.5);
        assertThat(roc.positives() + roc.negatives()).isEqualTo(10_000);
    }

    @Test
    void refusesWhatHasNoOrder() {
        assertThatThrownBy(() -> new ExactRocAccumulator().add(Double.NaN, true))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new ExactRocAccumulator().area()).isInstanceOf(IllegalStateException.class);
    }
}
