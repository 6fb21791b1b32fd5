package io.lensmill.classifier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.classifier.foreign.Looks;
import io.lensmill.classifier.scoring.Score;
import io.lensmill.neural.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationCalibrationTest {

    @Test
    void certainAndRightIsNoErrorCertainAndWrongIsAllOfIt() {
        List<Score> certain = List.of(score(1f, 0f), score(0f, 1f));
        assertThat(error(certain, 0, 1)).isZero();
        assertThat(error(certain, 1, 0)).isEqualTo(1);
    }

    @Test
    void eachBinHoldsItsAccuracyAgainstItsMeanProbability() {
        // Given: in the bin (8/15, 9/15] two images of 0.55 and 0.59, one right: |0.5 - 0.57| * 2; in the last bin
        // three of 0.95, two right: |2/3 - 0.95| * 3
        List<Score> scores = List.of(
                score(0.55f, 0.45f),
                score(0.41f, 0.59f),
                score(0.95f, 0.05f),
                score(0.95f, 0.05f),
                score(0.95f, 0.05f));

        // When
        double error = error(scores, 0, 0, 0, 0, 1);

        // Then
        assertThat(error).isCloseTo((0.14 + 0.85) / 5, within(1e-6));
    }

    @Test
    void errorsOfOppositeSignInOneBinCancelAndInTwoBinsAdd() {
        // 0.75 (bin 12) right and 0.75 wrong: |1 - 1.5|; 0.75 right and 0.95 wrong: 0.25 + 0.95
        assertThat(error(List.of(score(0.75f, 0.25f), score(0.75f, 0.25f)), 0, 1))
                .isCloseTo(0.25, within(1e-6));
        assertThat(error(List.of(score(0.75f, 0.25f), score(0.95f, 0.05f)), 0, 1))
                .isCloseTo(0.6, within(1e-6));
    }

    @Test
    void scoresThatAreDrawnFromWhatTheyPromiseHaveNearlyNoError() {
        // Given: of the images with probability p a share of p is right
        CounterRandom random = new CounterRandom(7, 1, 1);
        List<Score> scores = new ArrayList<>();
        int[] labels = new int[50_000];
        for (int i = 0; i < labels.length; i++) {
            float top = 0.5f + 0.5f * (float) random.nextDouble();
            scores.add(score(top, 1 - top));
            labels[i] = random.nextDouble() < top ? 0 : 1;
        }

        // Then: some standard errors of a bin's mean (0.007)
        assertThat(error(scores, labels)).isLessThan(0.015);
    }

    private static double error(List<Score> scores, int... labels) {
        return Evaluation.of(scores, labels).calibrationError();
    }

    private static Score score(float... probabilities) {
        return new Score(probabilities, new Looks(new float[0], new float[0]));
    }
}
