package io.lensmill.classifier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AreaUnderCurveTest {

    @Test
    void agreesWithCountingAllPairs() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            // Given: few distinct scores, so that there are many ties
            int n = 2 + random.nextInt(60);
            double[] scores = random.doubles(n).map(x -> Math.floor(x * 8)).toArray();
            boolean[] positive = new boolean[n];
            for (int i = 0; i < n; i++) {
                positive[i] = i == 0 || (i > 1 && random.nextBoolean());
            }

            // When
            double area = AreaUnderCurve.of(scores, positive);

            // Then
            assertThat(area).isCloseTo(byPairs(scores, positive), within(1e-12));
        }
    }

    @Test
    void isOneForAPerfectOrderAndHalfForNone() {
        boolean[] positive = {false, false, true, true};
        assertThat(AreaUnderCurve.of(new double[] {1, 2, 3, 4}, positive)).isEqualTo(1);
        assertThat(AreaUnderCurve.of(new double[] {7, 7, 7, 7}, positive)).isEqualTo(0.5);
    }

    @Test
    void isUnknownWithoutPositivesOrNegatives() {
        assertThat(AreaUnderCurve.of(new double[] {1, 2}, new boolean[] {true, true}))
                .isNaN();
        assertThat(AreaUnderCurve.of(new double[] {1, 2}, new boolean[] {false, false}))
                .isNaN();
    }

    private static double byPairs(double[] scores, boolean[] positive) {
        double won = 0;
        double pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (positive[i] && !positive[j]) {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        return won / pairs;
    }
}
