package io.lensmill.metrics.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void wilsonAgreesWithPublishedValues() {
        // Given: Newcombe 1998, table I, method 3
        // When / Then
        assertInterval(Interval.wilson(81, 263), 0.2553, 0.3662);
        assertInterval(Interval.wilson(15, 148), 0.0624, 0.1605);
        assertInterval(Interval.wilson(0, 20), 0.0000, 0.1611);
        assertInterval(Interval.wilson(1, 29), 0.0061, 0.1718);
    }

    @Test
    void wilsonReachesTheEndsExactly() {
        // Given / When / Then
        assertThat(Interval.wilson(0, 900).lower()).isZero();
        assertThat(Interval.wilson(900, 900).upper()).isEqualTo(1);
    }

    private static void assertInterval(Interval interval, double lower, double upper) {
        assertThat(interval.lower()).isCloseTo(lower, within(6e-5));
        assertThat(interval.upper()).isCloseTo(upper, within(6e-5));
    }

    @Test
    void anAreaOfOneStillHasAnInterval() {
        // Given / When
        Interval interval = Interval.hanleyMcNeil(1, 20, 30);
        // Then
        assertThat(interval.upper()).isEqualTo(1);
        assertThat(interval.lower()).isBetween(0.8, 0.99);
    }

    @Test
    void coversTheTrueAreaAboutNineteenTimesInTwenty() {
        // Given: two unit normals one apart, true area Phi(1 / sqrt 2)
        double truth = 0.7602499389;
        int covered = 0;
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            RocAccumulator roc = new RocAccumulator();
            for (int i = 0; i < 60; i++) {
                roc.add(probability(random.nextGaussian() + 1), true);
                roc.add(probability(random.nextGaussian()), false);
            }
            // When
            Interval interval = Interval.hanleyMcNeil(roc.area(), 60, 60);
            covered += interval.lower() <= truth && truth <= interval.upper() ? 1 : 0;
        }
        // Then
        assertThat(covered).isBetween(368, 396);
    }

    private static float probability(double logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }
}
