package io.lensmill.metrics.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TypicalQuotientTest {

    @Test
    void theMedianAndTheRanksOfAllQuotients() {
        // Given: 35 quotients, sorted with NumPy 2
        SortedSample first = new SortedSample(1.2, 3.4, 0.7, 5.1, 2.2);
        SortedSample second = new SortedSample(2.5, 4.4, 6.1, 3.3, 7.0, 2.9, 8.8);
        // When
        TypicalQuotient quotient = TypicalQuotient.of(first, second);
        // Then: the 18th; 35/2 - 1.96 √(35 · 13 / 12) = 5.4, so the 5th from either end
        assertThat(quotient.value()).isCloseTo(1.2 / 2.5, within(1e-12));
        assertThat(quotient.lower()).isCloseTo(0.7 / 4.4, within(1e-12));
        assertThat(quotient.upper()).isCloseTo(3.4 / 2.9, within(1e-12));
    }

    @Test
    void anEvenNumberOfQuotientsHasTheGeometricMeanOfItsMiddle() {
        // When
        TypicalQuotient quotient = TypicalQuotient.of(new SortedSample(2, 8), new SortedSample(1));
        // Then
        assertThat(quotient.value()).isCloseTo(4, within(1e-12));
        assertThat(quotient.lower()).isZero();
        assertThat(quotient.upper()).isInfinite();
    }

    @Test
    void theIntervalHoldsTheFactorAsOftenAsItSays() {
        // Given
        Random random = new Random(7);
        int held = 0;
        // When
        for (int i = 0; i < 2000; i++) {
            TypicalQuotient quotient = TypicalQuotient.of(lognormal(random, 10, 1.5), lognormal(random, 100, 1));
            held += quotient.lower() <= 1.5 && 1.5 <= quotient.upper() ? 1 : 0;
        }
        // Then: 0.005 is one standard error
        assertThat(held / 2000.0).isBetween(0.935, 0.965);
    }

    @Test
    void valuesThatAreNotAboveZeroAreRefused() {
        // Given
        SortedSample zero = new SortedSample(0, 1);
        // When, Then
        assertThatThrownBy(() -> TypicalQuotient.of(zero, new SortedSample(1)))
                .hasMessage("Quotients need values above 0; got 0.0");
    }

    private static SortedSample lognormal(Random random, int count, double factor) {
        return new SortedSample(random.doubles(count)
                .map(unused -> factor * Math.exp(0.6 * random.nextGaussian()))
                .toArray());
    }
}
