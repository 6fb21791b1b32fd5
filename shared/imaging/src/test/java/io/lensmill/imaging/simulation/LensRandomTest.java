package io.lensmill.imaging.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LensRandomTest {

    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 3, 9.9, 10.1, 47, 600, 20_000})
    void poissonHasItsMeanAndVariance(double mean) {
        // Given
        LensRandom random = new LensRandom(1, 2, 3);
        // When
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double value = random.poisson(mean) - mean;
            sum += value;
            squares += value * value;
        }
        // Then within five standard errors
        assertThat(sum / DRAWS).isCloseTo(0, within(5 * Math.sqrt(mean / DRAWS)));
        double errorOfVariance = Math.sqrt((mean + 2 * mean * mean) / DRAWS);
        assertThat(squares / DRAWS).isCloseTo(mean, within(5 * errorOfVariance));
    }

    @Test
    void gaussianHasItsMoments() {
        // Given
        LensRandom random = new LensRandom(4);
        double[] moments = new double[5];
        // When
        for (int i = 0; i < DRAWS; i++) {
            double value = random.gaussian();
            for (int power = 1; power <= 4; power++) {
                moments[power] += Math.pow(value, power) / DRAWS;
            }
        }
        // Then
        assertThat(moments[1]).isCloseTo(0, within(0.012));
        assertThat(moments[2]).isCloseTo(1, within(0.016));
        assertThat(moments[3]).isCloseTo(0, within(0.05));
        assertThat(moments[4]).isCloseTo(3, within(0.12));
    }

    @Test
    void neighbouringKeysAreUncorrelated() {
        // Given
        double product = 0;
        // When
        for (int key = 0; key < DRAWS; key++) {
            double here = new LensRandom(7, 0, key, 0).uniform() - 0.5;
            product += here * (new LensRandom(7, 1, key, 0).uniform() - 0.5);
            product += here * (new LensRandom(7, 0, key + 1, 0).uniform() - 0.5);
            product += here * (new LensRandom(7, 0, key, 1).uniform() - 0.5);
        }
        // Then the sum of 3 n products of variance 1/144
        assertThat(product).isCloseTo(0, within(5 * Math.sqrt(3.0 * DRAWS) / 12));
    }
}
