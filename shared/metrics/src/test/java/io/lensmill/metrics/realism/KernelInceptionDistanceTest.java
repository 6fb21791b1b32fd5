package io.lensmill.metrics.realism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.metrics.ReferenceData;
import io.lensmill.metrics.numerics.Blocks;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class KernelInceptionDistanceTest {

    @Test
    void agreesWithTheReference() {
        // Given: value of expected.json; the standard error is NumPy's, one row left out after the other
        DMatrixRMaj real = EmbeddingRow.matrix(ReferenceData.real());
        DMatrixRMaj generated = EmbeddingRow.matrix(ReferenceData.generated());
        // When
        KernelInceptionDistance distance = KernelInceptionDistance.between(generated, real);
        // Then
        assertThat(distance.value()).isCloseTo(5.613937850639687, within(1e-9));
        assertThat(distance.standardError()).isCloseTo(0.08900460318152098, within(1e-9));
    }

    @Test
    void isTheFormulaWrittenOut() {
        // Given
        DMatrixRMaj x = GaussianRows.draw(new Random(1), 7, 3, 0, 1);
        DMatrixRMaj y = GaussianRows.draw(new Random(2), 5, 3, 1, 2);
        // When
        double value = KernelInceptionDistance.between(x, y).value();
        // Then
        assertThat(value).isCloseTo(mean(x, x, true) + mean(y, y, true) - 2 * mean(x, y, false), within(1e-12));
    }

    private static double mean(DMatrixRMaj x, DMatrixRMaj y, boolean leaveOut) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < x.numRows; i++) {
            for (int j = 0; j < y.numRows; j++) {
                if (!leaveOut || i != j) {
                    double product = 0;
                    for (int column = 0; column < x.numCols; column++) {
                        product += x.get(i, column) * y.get(j, column);
                    }
                    sum += Math.pow(product / x.numCols + 1, 3);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    @Test
    void saysWhereRoundingHasTakenIt() {
        // Given
        DMatrixRMaj usual = GaussianRows.draw(new Random(1), 40, 8, 0, 1);
        DMatrixRMaj shifted = GaussianRows.draw(new Random(2), 40, 8, 100, 1);
        DMatrixRMaj far = GaussianRows.draw(new Random(3), 40, 8, 1e6, 1e-3);
        DMatrixRMaj farToo = GaussianRows.draw(new Random(4), 40, 8, 1e6, 1e-3);
        DMatrixRMaj same = new DMatrixRMaj(40, 8);
        // Then
        assertThat(KernelInceptionDistance.between(usual, usual.copy()).isLostToRounding())
                .isFalse();
        assertThat(KernelInceptionDistance.between(usual, shifted).isLostToRounding())
                .isFalse();
        assertThat(KernelInceptionDistance.between(same, same).isLostToRounding())
                .isFalse();
        assertThat(KernelInceptionDistance.between(far, farToo).isLostToRounding())
                .isTrue();
    }

    @Test
    void needsNoFloorAndItsErrorIsHonest() {
        // Given
        double sum = 0;
        int within = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            DMatrixRMaj x = GaussianRows.draw(random, 40, 8, 0, 1);
            DMatrixRMaj y = GaussianRows.draw(random, 60, 8, 0, 1);
            // When
            KernelInceptionDistance distance = KernelInceptionDistance.between(x, y);
            sum += distance.value();
            within += Math.abs(distance.value()) <= 1.96 * distance.standardError() ? 1 : 0;
        }
        // Then
        assertThat(sum / 200).isCloseTo(0, within(0.01));
        assertThat(within).isGreaterThanOrEqualTo(190);
    }

    @Test
    void coversTheTruthWhereTheSetsDiffer() {
        // Given: for normals of mean 0 and μ per value, x·y/d has known moments, so E k is known:
        // with s = x·y/d, E (s + 1)³ = 1 + 3 E s + 3 E s² + E s³
        int d = 8;
        double shift = 0.5;
        double truth = expected(d, 0, 0) + expected(d, shift, shift) - 2 * expected(d, 0, shift);
        int covered = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            DMatrixRMaj x = GaussianRows.draw(random, 120, d, 0, 1);
            DMatrixRMaj y = GaussianRows.draw(random, 120, d, shift, 1);
            // When
            KernelInceptionDistance distance = KernelInceptionDistance.between(x, y);
            covered += Math.abs(distance.value() - truth) <= 1.96 * distance.standardError() ? 1 : 0;
        }
        // Then
        assertThat(covered).isBetween(180, 199);
    }

    /**
     * E (s + 1)³, s the mean of d independent products of a normal of mean a with one of mean b, both of deviation 1.
     */
    private static double expected(int d, double a, double b) {
        double m1 = a * b;
        double m2 = (1 + a * a) * (1 + b * b);
        double m3 = (a * a * a + 3 * a) * (b * b * b + 3 * b);
        double variance = (m2 - m1 * m1) / d;
        double third = (m3 - 3 * m1 * m2 + 2 * m1 * m1 * m1) / ((double) d * d);
        double square = variance + m1 * m1;
        double cube = third + 3 * m1 * variance + m1 * m1 * m1;
        return 1 + 3 * m1 + 3 * square + cube;
    }

    @Test
    void isTheSameForEveryOrderAndBlock() {
        for (int seed = 0; seed < 5; seed++) {
            // Given: more rows than one block holds
            Random random = new Random(seed);
            DMatrixRMaj x = GaussianRows.draw(random, 300, 4, 0.2, 1);
            DMatrixRMaj y = GaussianRows.draw(random, 2 * Blocks.ROWS + 1, 4, 0, 1);
            KernelInceptionDistance distance = KernelInceptionDistance.between(x, y);
            // When
            KernelInceptionDistance shuffled =
                    KernelInceptionDistance.between(GaussianRows.shuffled(y, random), GaussianRows.shuffled(x, random));
            // Then
            assertThat(shuffled.value()).isCloseTo(distance.value(), within(1e-12));
            assertThat(shuffled.standardError()).isCloseTo(distance.standardError(), within(1e-12));
        }
    }

    @Test
    void refusesSetsThatDoNotFit() {
        assertThatThrownBy(() -> KernelInceptionDistance.between(new DMatrixRMaj(1, 3), new DMatrixRMaj(5, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 1 x 3 and 5 x 3");
        assertThatThrownBy(() -> KernelInceptionDistance.between(new DMatrixRMaj(4, 3), new DMatrixRMaj(5, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
