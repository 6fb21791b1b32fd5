package io.lensmill.metrics.classification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbabilityRowsTest {

    @Test
    void sumsMayBeOffByAThousandth() {
        assertThat(ProbabilityRows.faultOfSum(1.0009)).isEmpty();
        assertThat(ProbabilityRows.faultOfSum(0.98)).contains("The probabilities must sum to 1; got 0.98.");
        assertThat(ProbabilityRows.faultOfSum(Double.NaN)).isPresent();
    }

    @Test
    void decimalsOfATableMayBeOffByHalfAUnitOfEach() {
        // Given
        double table = ProbabilityRows.tolerance(new double[] {0.33f, 0.33f, 0.33f});
        double full = ProbabilityRows.tolerance(new double[] {0.333f, 0.3333f, 0.33334f});
        // Then
        assertThat(ProbabilityRows.faultOfSum(0.985, table)).isEmpty();
        assertThat(ProbabilityRows.faultOfSum(0.98, table)).isPresent();
        assertThat(full).isEqualTo(1e-3);
    }
}
