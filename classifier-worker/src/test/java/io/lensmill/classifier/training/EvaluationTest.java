package io.lensmill.classifier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.classifier.foreign.Looks;
import io.lensmill.classifier.scoring.Score;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    @Test
    void lossAccuracyAndAreasFollowFromTheScores() {
        // Given
        List<Score> scores = List.of(score(0.7f, 0.3f), score(0.4f, 0.6f), score(0.2f, 0.8f));

        // When
        Evaluation evaluation = Evaluation.of(scores, new int[] {0, 0, 1});

        // Then
        assertThat(evaluation.accuracy()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(evaluation.loss()).isCloseTo(-(Math.log(0.7) + Math.log(0.4) + Math.log(0.8)) / 3, within(1e-6));
        assertThat(evaluation.auc()).containsExactly(1.0, 1.0);
    }

    @Test
    void aClassWithoutImagesLeavesTheMeanOfTheOthers() {
        // When
        Evaluation evaluation = Evaluation.of(List.of(score(0.7f, 0.3f), score(0.6f, 0.4f)), new int[] {0, 0});

        // Then
        assertThat(evaluation.aucMacro()).isNaN();
        assertThat(evaluation.asMetrics(List.of("no", "vort")))
                .containsOnlyKeys("validationLoss", "validationAccuracy", "validationCalibrationError");
    }

    @Test
    void theLargerAreaIsBetterAndAtEqualAreasTheSmallerLoss() {
        Evaluation good = new Evaluation(0.5, 0.9, 0.02, List.of(0.9, 0.9));
        Evaluation surer = new Evaluation(0.4, 0.8, 0.02, List.of(0.9, 0.9));
        Evaluation worse = new Evaluation(0.1, 0.9, 0.02, List.of(0.8, 0.9));
        assertThat(good.betterThan(worse)).isTrue();
        assertThat(surer.betterThan(good)).isTrue();
        assertThat(good.betterThan(good)).isFalse();
    }

    @Test
    void theCurveSurvivesACheckpointsNotes() throws Exception {
        // Given
        LearningCurve curve = new LearningCurve();
        curve.addLoss(1.5);
        curve.addLoss(0.5);
        curve.endEpoch(1, new Evaluation(0.5, 0.9, 0.02, List.of(0.9, Double.NaN)));
        curve.addLoss(0.25);
        Map<String, String> notes = new HashMap<>();

        // When
        curve.writeTo(notes);
        LearningCurve restored = LearningCurve.of(notes);

        // Then
        assertThat(restored.epochs()).isEqualTo(curve.epochs());
        assertThat(restored.last().orElseThrow().trainingLoss()).isEqualTo(1.0);
        assertThat(restored.endEpoch(2, new Evaluation(0.5, 0.9, 0.02, List.of(0.9)))
                        .trainingLoss())
                .isEqualTo(0.25);
    }

    @Test
    void epochsAreCountedFromTheFirstOfTheBest() {
        LearningCurve curve = new LearningCurve();
        assertThat(curve.epochsSinceBest()).isZero();
        curve.endEpoch(1, new Evaluation(0.5, 0.9, 0.02, List.of(0.8)));
        assertThat(curve.epochsSinceBest()).isZero();
        curve.endEpoch(2, new Evaluation(0.5, 0.9, 0.02, List.of(0.9)));
        assertThat(curve.epochsSinceBest()).isZero();
        curve.endEpoch(3, new Evaluation(0.5, 0.9, 0.02, List.of(0.9)));
        curve.endEpoch(4, new Evaluation(0.6, 0.9, 0.02, List.of(0.85)));
        assertThat(curve.epochsSinceBest()).isEqualTo(2);
    }

    private static Score score(float... probabilities) {
        return new Score(probabilities, new Looks(new float[0], new float[0]));
    }
}
