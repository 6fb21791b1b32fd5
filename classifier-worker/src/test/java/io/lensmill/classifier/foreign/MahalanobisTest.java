package io.lensmill.classifier.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MahalanobisTest {

    @Test
    void theDistanceIsToTheNearestGroupInUnitsOfTheCommonSpread() {
        // Given: two groups around (-5, 0) and (5, 0), variances 4 and 0.25, covariance 0
        Random random = new Random(1);
        List<float[]> rows = new ArrayList<>();
        int[] groups = new int[20_000];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = i % 2;
            double centre = groups[i] == 0 ? -5 : 5;
            rows.add(new float[] {(float) (centre + 2 * random.nextGaussian()), (float) (0.5 * random.nextGaussian())});
        }

        // When
        Mahalanobis distance = Mahalanobis.fit(rows, groups);

        // Then
        assertThat(distance.distance(new float[] {5, 0})).isEqualTo(0, within(0.05));
        assertThat(distance.distance(new float[] {9, 0})).isEqualTo(2, within(0.05));
        assertThat(distance.distance(new float[] {-5, 2})).isEqualTo(4, within(0.1));
        assertThat(distance.distance(new float[] {0, 0})).isEqualTo(2.5, within(0.05));
    }

    @Test
    void featuresThatNoRowHasAndGroupsWithoutRowsDoNotBreakIt() {
        // Given: feature 1 is always 0, group 1 has no row
        Random random = new Random(4);
        List<float[]> rows = new ArrayList<>();
        int[] groups = new int[200];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = i % 2 == 0 ? 0 : 2;
            rows.add(new float[] {(float) random.nextGaussian(), 0, (float) random.nextGaussian()});
        }

        // When
        Mahalanobis distance = Mahalanobis.fit(rows, groups);

        // Then
        assertThat(distance.means()).hasDimensions(2, 3);
        assertThat(distance.distance(new float[] {0, 0, 0})).isBetween(0.0, 1.0);
        assertThat(distance.distance(new float[] {0, 1, 0})).isGreaterThan(5);
        assertThat(Mahalanobis.fit(List.of(new float[] {1, 1}), new int[1]).distance(new float[] {1, 1}))
                .isZero();
    }
}
