package io.lensmill.classifier.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class ShrunkCovarianceTest {

    private static final double[] EXPECTED = {
        1.31903816876903,
        0.24764088250930355,
        0.11256403750422889,
        0.24764088250930355,
        0.6886795587453483,
        0.09005123000338311,
        0.11256403750422889,
        0.09005123000338311,
        0.42978227248562173
    };

    /** scikit-learn 1.9.1: ledoit_wolf(rows, assume_centered=True). */
    @Test
    void agreesWithScikitLearn() {
        // Given
        List<double[]> rows = List.of(
                new double[] {1, 0, 0.5},
                new double[] {-1, 0.5, 0},
                new double[] {0.5, -1, -0.5},
                new double[] {-0.5, 0.5, 0},
                new double[] {2, 1, 0.25},
                new double[] {-2, -1, -0.25});

        // When
        DMatrixRMaj covariance = ShrunkCovariance.of(rows);

        // Then
        assertThat(covariance.data).containsExactly(EXPECTED, within(1e-12));
    }

    @Test
    void fewRowsOfManyFeaturesGiveAMatrixThatCanBeInverted() {
        // Given
        Random random = new Random(1);
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(random.doubles(40, -1, 1).toArray());
        }

        // When
        DMatrixRMaj covariance = ShrunkCovariance.of(rows);

        // Then
        assertThat(CommonOps_DDRM.det(covariance)).isPositive();
        assertThat(ShrunkCovariance.of(List.of(new double[3])).data).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
    }
}
