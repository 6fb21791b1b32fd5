package io.lensmill.metrics.realism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.metrics.numerics.CosineAndSine;
import io.lensmill.metrics.numerics.Exponential;
import io.lensmill.metrics.numerics.OrderStatistic;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Functions of many numbers at once, against Java's own. */
class ManyAtOnceTest {

    private static final int COUNT = 20_000;

    @Test
    void exponentials() {
        // Given: from next to nothing to where the result is no number above 0
        double[] numbers = new Random(1).doubles(COUNT, -12, 7).map(Math::exp).toArray();
        numbers[0] = 0;
        double[] found = new double[COUNT];
        // When
        Exponential.ofNegative(numbers, 0.7, found, COUNT);
        // Then
        for (int i = 0; i < COUNT; i++) {
            double expected = Math.exp(-0.7 * numbers[i]);
            assertThat(found[i]).isCloseTo(expected, within(expected * 1e-12 + 1e-307));
            assertThat(found[i] == 0).isEqualTo(expected == 0 || (found[i] == 0 && expected < 2 * Double.MIN_VALUE));
        }
    }

    @Test
    void cosinesAndSines() {
        for (double range : new double[] {4, 1000, 1e7}) {
            // Given
            double[] angles = new Random(2).doubles(COUNT, -range, range).toArray();
            double[] before = angles.clone();
            double[] cosines = new double[COUNT];
            double[] sines = new double[COUNT];
            // When
            CosineAndSine.of(angles, cosines, sines, COUNT);
            // Then
            for (int i = 0; i < COUNT; i++) {
                assertThat(cosines[i]).isCloseTo(Math.cos(before[i]), within(4e-15));
                assertThat(sines[i]).isCloseTo(Math.sin(before[i]), within(4e-15));
            }
        }
    }

    @Test
    void orderStatistics() {
        Random random = new Random(3);
        for (int size : new int[] {1, 2, 3, 10, 501}) {
            for (int rank : new int[] {0, size / 2, size - 1}) {
                // Given: many of them equal
                double[] values = random.ints(size, 0, 40).asDoubleStream().toArray();
                double[] sorted = values.clone();
                Arrays.sort(sorted);
                // When / Then
                assertThat(OrderStatistic.of(values, rank)).isEqualTo(sorted[rank]);
            }
        }
    }
}
