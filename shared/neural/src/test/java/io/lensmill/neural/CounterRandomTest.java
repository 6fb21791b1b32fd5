package io.lensmill.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CounterRandomTest {

    @Test
    void theSameKeyGivesTheSameNumbers() {
        assertThat(gaussian(1000, 3, 17, 5)).isEqualTo(gaussian(1000, 3, 17, 5));
    }

    @Test
    void neighbouringKeysAreUncorrelated() {
        float[] a = gaussian(100_000, 3, 17);
        float[] b = gaussian(100_000, 3, 18);

        assertThat(correlation(a, b)).isCloseTo(0, within(0.015));
    }

    @Test
    void gaussianValuesHaveTheirMoments() {
        float[] values = gaussian(200_000, 42);

        double mean = mean(values, 1);
        assertThat(mean).isCloseTo(0, within(0.01));
        assertThat(mean(values, 2)).isCloseTo(1, within(0.02));
        assertThat(mean(values, 3)).isCloseTo(0, within(0.04));
        assertThat(mean(values, 4)).isCloseTo(3, within(0.1));
    }

    @Test
    void aPermutationHoldsEveryIndexOnce() {
        int[] order = new CounterRandom(9).permutation(1000);

        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(order).isNotEqualTo(IntStream.range(0, 1000).toArray());
    }

    private static float[] gaussian(int count, long... key) {
        float[] values = new float[count];
        new CounterRandom(key).fillGaussian(values);
        return values;
    }

    private static double mean(float[] values, int power) {
        double sum = 0;
        for (float value : values) {
            sum += Math.pow(value, power);
        }
        return sum / values.length;
    }

    private static double correlation(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum / a.length;
    }
}
