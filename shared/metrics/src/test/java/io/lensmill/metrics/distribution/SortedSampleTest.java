package io.lensmill.metrics.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SortedSampleTest {

    @Test
    void quantilesAreThoseOfNumPy() {
        // Given
        SortedSample sample = new SortedSample(1.2, 3.4, 0.7, 5.1, 2.2);
        // When, Then
        assertThat(sample.quantile(0.16)).isCloseTo(1.02, within(1e-12));
        assertThat(sample.median()).isEqualTo(2.2);
        assertThat(sample.quantile(0.84)).isCloseTo(4.012, within(1e-12));
        assertThat(sample.quantile(0)).isEqualTo(0.7);
        assertThat(sample.quantile(1)).isEqualTo(5.1);
    }

    @Test
    void whatIsEqualToALimitIsNotAboveIt() {
        // Given
        SortedSample sample = new SortedSample(1, 2, 2, 3);
        // When, Then
        assertThat(new int[] {sample.above(0), sample.above(1), sample.above(2), sample.above(3)})
                .containsExactly(4, 3, 1, 0);
    }

    @Test
    void nothingAndNoNumberAreRefused() {
        // When, Then
        assertThatThrownBy(SortedSample::new).hasMessage("A sample needs at least one value; got none");
        assertThatThrownBy(() -> new SortedSample(1, Double.NaN))
                .hasMessage("Values of a sample must be finite; got NaN");
    }
}
