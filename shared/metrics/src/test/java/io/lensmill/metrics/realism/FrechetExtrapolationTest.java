package io.lensmill.metrics.realism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.metrics.realism.FrechetExtrapolation.Effort;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrechetExtrapolationTest {

    private static final int D = 12;

    @ParameterizedTest
    @EnumSource(Effort.class)
    void findsTheDistanceOfTheDistributions(Effort effort) {
        // Given: d (μ² + (σ - 1)²) for normals of d independent values
        double[][] cases = {{0, 1}, {0.3, 1}, {0, 1.2}, {0.5, 0.8}};
        for (double[] of : cases) {
            double truth = D * (of[0] * of[0] + (of[1] - 1) * (of[1] - 1));
            int covered = 0;
            double mean = 0;
            double squares = 0;
            double stated = 0;
            double raw = 0;
            for (int seed = 0; seed < 40; seed++) {
                Random random = new Random(seed);
                DMatrixRMaj x = GaussianRows.draw(random, 300, D, of[0], of[1]);
                DMatrixRMaj y = GaussianRows.draw(random, 400, D, 0, 1);
                // When
                FrechetExtrapolation found = FrechetExtrapolation.of(x, y, seed, effort, () -> {});
                double error = found.value() - truth;
                covered += found.lower() <= truth && truth <= found.upper() ? 1 : 0;
                mean += error / 40;
                squares += error * error / 40;
                stated += found.standardError() / 40;
                raw += FrechetDistance.between(moments(x), moments(y)) / 40;
            }
            // Then
            assertThat(covered).as("covered at truth %s", truth).isGreaterThanOrEqualTo(36);
            double noise = 2 * Math.sqrt(squares / 40);
            assertThat(Math.abs(mean)).as("bias at truth %s", truth).isLessThan(0.2 * (raw - truth) + noise);
            assertThat(stated / Math.sqrt(squares))
                    .as("stated error at truth %s", truth)
                    // 40 seeds know the true error to 11 %.
                    .isBetween(0.8, 3.0);
        }
    }

    @Test
    void tellsHowFarAnotherDrawWouldMoveThePlainDistance() {
        // Given: sets that lie apart, since between alike ones the distance is mostly its bias
        int draws = 60;
        double[] distances = new double[draws];
        double stated = 0;
        for (int seed = 0; seed < draws; seed++) {
            Random random = new Random(seed);
            DMatrixRMaj x = GaussianRows.draw(random, 300, D, 0.5, 1.3);
            DMatrixRMaj y = GaussianRows.draw(random, 400, D, 0, 1);
            // When
            FrechetExtrapolation found = FrechetExtrapolation.of(x, y, seed, Effort.BRIEF, () -> {});
            // Then
            assertThat(found.distance()).isCloseTo(FrechetDistance.between(moments(x), moments(y)), within(1e-9));
            assertThat(found.distanceMargin()).isCloseTo(2.3646 * found.distanceError(), within(1e-4));
            distances[seed] = found.distance();
            stated += found.distanceError() / draws;
        }
        double mean = Arrays.stream(distances).average().orElseThrow();
        double spread = Math.sqrt(
                Arrays.stream(distances).map(d -> (d - mean) * (d - mean)).sum() / (draws - 1));
        // 60 draws know the true spread to 9 %.
        assertThat(stated / spread).isBetween(0.75, 1.35);
    }

    @Test
    void isTheSameForEveryOrderOfTheRows() {
        for (int seed = 0; seed < 5; seed++) {
            // Given
            Random random = new Random(seed);
            DMatrixRMaj x = GaussianRows.draw(random, 120, 5, 0.2, 1);
            DMatrixRMaj y = GaussianRows.draw(random, 101, 5, 0, 1);
            FrechetExtrapolation found = FrechetExtrapolation.of(x, y, 3, Effort.BRIEF, () -> {});
            // When
            FrechetExtrapolation shuffled = FrechetExtrapolation.of(
                    GaussianRows.shuffled(x, random), GaussianRows.shuffled(y, random), 3, Effort.BRIEF, () -> {});
            // Then
            assertThat(shuffled.value()).isCloseTo(found.value(), within(1e-9));
            assertThat(shuffled.standardError()).isCloseTo(found.standardError(), within(1e-9));
            assertThat(FrechetExtrapolation.of(x, y, 4, Effort.BRIEF, () -> {}).value())
                    .isNotEqualTo(found.value());
        }
    }

    @Test
    void tellsHowFarItIs() {
        // Given
        Random random = new Random(1);
        AtomicInteger done = new AtomicInteger();
        // When
        FrechetExtrapolation found = FrechetExtrapolation.of(
                GaussianRows.draw(random, 50, 2, 0, 1),
                GaussianRows.draw(random, 80, 2, 0, 1),
                1,
                Effort.THOROUGH,
                done::incrementAndGet);
        // Then
        assertThat(done.get()).isEqualTo(Effort.THOROUGH.distances()).isEqualTo(58);
        assertThat(found.smallestSubset()).isEqualTo(12);
        assertThat(found.slope()).isPositive();
    }

    @Test
    void refusesTooFewRows() {
        assertThatThrownBy(() -> FrechetExtrapolation.of(
                        new DMatrixRMaj(23, 2), new DMatrixRMaj(99, 2), 1, Effort.THOROUGH, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("24 rows or more on each side; got 23 and 99");
    }

    private static MomentAccumulator moments(DMatrixRMaj rows) {
        MomentAccumulator moments = new MomentAccumulator(rows.numCols);
        moments.add(rows);
        return moments;
    }
}
