package io.lensmill.metrics.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** References are those of SciPy 1.17.1, {@code scipy.stats.ks_2samp}. */
class KolmogorovSmirnovTest {

    @Test
    void fewValuesHaveSciPysExactChance() {
        // Given
        SortedSample first = new SortedSample(1.2, 3.4, 0.7, 5.1, 2.2);
        SortedSample second = new SortedSample(2.5, 4.4, 6.1, 3.3, 7.0, 2.9, 8.8);
        // When
        KolmogorovSmirnov test = KolmogorovSmirnov.of(first, second);
        // Then
        assertThat(test.distance()).isCloseTo(0.6, within(1e-15));
        assertThat(test.pValue()).isCloseTo(0.16666666666666663, within(1e-14));
        assertThat(KolmogorovSmirnov.of(second, first).pValue()).isCloseTo(test.pValue(), within(1e-14));
    }

    @Test
    void samplesThatDoNotOverlapHaveTheChanceOfTwoPathsAmongAll() {
        // Given
        SortedSample first = evenly(10, 1, 0);
        SortedSample second = evenly(10, 1, 100);
        // When
        KolmogorovSmirnov test = KolmogorovSmirnov.of(first, second);
        // Then: 2 of the C(20,10) = 184,756 orders
        assertThat(test.distance()).isEqualTo(1);
        assertThat(test.pValue()).isCloseTo(2 / 184_756.0, within(1e-19));
    }

    @Test
    void aThousandValuesAreStillExact() {
        // When
        KolmogorovSmirnov test = KolmogorovSmirnov.of(evenly(1000, 1, 0), evenly(700, 1.5, 30));
        // Then
        assertThat(test.distance()).isCloseTo(0.07657142857142857, within(1e-15));
        assertThat(test.pValue()).isCloseTo(0.015082976386829506, within(1e-12));
    }

    @Test
    void manyValuesHaveSmirnovsLimit() {
        // When
        KolmogorovSmirnov test = KolmogorovSmirnov.of(evenly(12_000, 1, 0), evenly(11_000, 1.09, 150.5));
        // Then
        assertThat(test.distance()).isCloseTo(0.012621212121212122, within(1e-15));
        assertThat(test.pValue()).isCloseTo(0.3199988591309877, within(1e-12));
    }

    @Test
    void equalSamplesAreAtNoDistance() {
        // When
        KolmogorovSmirnov test = KolmogorovSmirnov.of(new SortedSample(1, 1, 2), new SortedSample(2, 1, 1));
        // Then
        assertThat(test).isEqualTo(new KolmogorovSmirnov(0, 1));
    }

    @Test
    void oneInTwentySetsOfOneDistributionIsBelowFivePercent() {
        // Given
        Random random = new Random(4);
        int below = 0;
        // When
        for (int i = 0; i < 2000; i++) {
            below += KolmogorovSmirnov.of(normal(random, 10), normal(random, 100))
                                    .pValue()
                            <= 0.05
                    ? 1
                    : 0;
        }
        // Then: never more often than that, and of few values a little less often; 0.005 is one standard error
        assertThat(below / 2000.0).isBetween(0.03, 0.06);
    }

    private static SortedSample evenly(int count, double step, double from) {
        return new SortedSample(
                IntStream.range(0, count).mapToDouble(i -> from + step * i).toArray());
    }

    private static SortedSample normal(Random random, int count) {
        return new SortedSample(
                random.doubles(count).map(unused -> random.nextGaussian()).toArray());
    }
}
