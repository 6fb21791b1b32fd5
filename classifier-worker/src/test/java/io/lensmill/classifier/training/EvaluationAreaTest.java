package io.lensmill.classifier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.classifier.foreign.Looks;
import io.lensmill.classifier.scoring.Score;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationAreaTest {

    @Test
    void agreesWithCountingAllPairs() {
        Random random = new Random(5);
        for (int round = 0; round < 50; round++) {
            // Given: few distinct scores, so that there are many ties
            int n = 2 + random.nextInt(60);
            double[] scores = random.doubles(n).map(x -> Math.floor(x * 8) / 8).toArray();
            boolean[] positive = new boolean[n];
            for (int i = 0; i < n; i++) {
                positive[i] = i == 0 || (i > 1 && random.nextBoolean());
            }

            // When
            double area = area(scores, positive);

            // Then
            assertThat(area).isCloseTo(byPairs(scores, positive), within(1e-12));
        }
    }

    @Test
    void isOneForAPerfectOrderAndHalfForNone() {
        boolean[] positive = {false, false, true, true};
        assertThat(area(new double[] {0.1, 0.2, 0.3, 0.4}, positive)).isEqualTo(1);
        assertThat(area(new double[] {0.7, 0.7, 0.7, 0.7}, positive)).isEqualTo(0.5);
    }

    @Test
    void isUnknownWithoutPositivesOrNegatives() {
        assertThat(area(new double[] {0.1, 0.2}, new boolean[] {true, true})).isNaN();
        assertThat(area(new double[] {0.1, 0.2}, new boolean[] {false, false})).isNaN();
    }

    /** Area of the second of two classes, whose probability is the score. */
    private static double area(double[] scores, boolean[] positive) {
        List<Score> pairs = Arrays.stream(scores)
                .mapToObj(score -> new Score(
                        new float[] {1 - (float) score, (float) score}, new Looks(new float[0], new float[0])))
                .toList();
        int[] labels = IntStream.range(0, positive.length)
                .map(i -> positive[i] ? 1 : 0)
                .toArray();
        return Evaluation.of(pairs, labels).auc().get(1);
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
