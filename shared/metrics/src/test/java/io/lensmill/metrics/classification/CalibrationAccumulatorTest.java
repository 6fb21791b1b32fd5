package io.lensmill.metrics.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.metrics.ReferenceData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationAccumulatorTest {

    @Test
    void agreesWithNumPyOnTheReference() {
        // Given: 0.12927… is NumPy's, bins by ceil(15 p), in double
        float[][] probabilities = ReferenceData.probabilities();
        int[] labels = ReferenceData.labels();
        CalibrationAccumulator calibration = new CalibrationAccumulator();
        // When
        for (int i = 0; i < labels.length; i++) {
            int best = best(probabilities[i]);
            calibration.add(probabilities[i][best], labels[i] == best);
        }
        // Then
        assertThat(calibration.count()).isEqualTo(3000);
        assertThat(calibration.expectedError()).isCloseTo(0.1292786129415035, within(1e-10));
        ReliabilityBin bin = calibration.bins().get(9);
        assertThat(bin.count()).isEqualTo(304);
        assertThat(bin.confidence()).isCloseTo(0.632900385676246, within(1e-10));
        assertThat(bin.accuracy()).isCloseTo(0.8289473684210527, within(1e-14));
        assertThat(calibration.bins().get(0).count()).isZero();
        assertThat(calibration.bins().get(0).confidence()).isNaN();
    }

    private static int best(float[] probabilities) {
        int best = 0;
        for (int k = 1; k < probabilities.length; k++) {
            best = probabilities[k] > probabilities[best] ? k : best;
        }
        return best;
    }

    @Test
    void isTheHandMadeMean() {
        // Given: two images at 0.9, one of them right; two at 0.6, both right
        CalibrationAccumulator calibration = new CalibrationAccumulator();
        // When
        calibration.add(0.9, true);
        calibration.add(0.9, false);
        calibration.add(0.6, true);
        calibration.add(0.6, true);
        // Then
        assertThat(calibration.expectedError()).isCloseTo((2 * 0.4 + 2 * 0.4) / 4, within(1e-9));
    }

    @Test
    void theUpperEdgeBelongsToABin() {
        // Given
        CalibrationAccumulator calibration = new CalibrationAccumulator();
        // When
        calibration.add(1.0, true);
        calibration.add(1.0 / 15, true);
        calibration.add(Math.nextUp(1.0 / 15), true);
        // Then
        List<ReliabilityBin> bins = calibration.bins();
        assertThat(bins.get(14).count()).isEqualTo(1);
        assertThat(bins.get(0).count()).isEqualTo(1);
        assertThat(bins.get(1).count()).isEqualTo(1);
        assertThat(bins.get(1).lower()).isEqualTo(bins.get(0).upper());
    }

    @Test
    void aCalibratedClassifierShowsTheFloorAndASureOneMore() {
        // Given
        double ratio = 0;
        double boasting = 0;
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            CalibrationAccumulator calibrated = new CalibrationAccumulator();
            CalibrationAccumulator boaster = new CalibrationAccumulator();
            // When
            for (int i = 0; i < 2000; i++) {
                double confidence = 0.35 + 0.6 * random.nextDouble();
                boolean correct = random.nextDouble() < confidence;
                calibrated.add(confidence, correct);
                boaster.add(Math.min(1, confidence + 0.1), correct);
            }
            ratio += calibrated.expectedError() / calibrated.floor() / 50;
            boasting += boaster.expectedError() / boaster.floor() / 50;
        }
        // Then
        assertThat(ratio).isBetween(0.9, 1.1);
        assertThat(boasting).isGreaterThan(3);
    }

    @Test
    void isTheSameForEveryOrderAndPartition() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            Random random = new Random(seed);
            CalibrationAccumulator whole = new CalibrationAccumulator();
            List<CalibrationAccumulator> parts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                parts.add(new CalibrationAccumulator());
            }
            List<Double> confidences = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                confidences.add(Math.max(1e-9, random.nextDouble()));
            }
            confidences.forEach(p -> whole.add(p, p > 0.3));
            // When
            Collections.shuffle(confidences, random);
            confidences.forEach(p -> parts.get(random.nextInt(4)).add(p, p > 0.3));
            Collections.shuffle(parts, random);
            CalibrationAccumulator merged =
                    CalibrationAccumulator.fromBytes(parts.get(0).toBytes());
            parts.subList(1, 4).forEach(merged::merge);
            // Then
            assertThat(merged.toBytes()).isEqualTo(whole.toBytes());
            assertThat(merged.expectedError()).isEqualTo(whole.expectedError());
        }
    }

    @Test
    void staysSmall() {
        // Given
        CalibrationAccumulator calibration = new CalibrationAccumulator();
        Random random = new Random(1);
        // When
        for (int i = 0; i < 1_000_000; i++) {
            calibration.add(1 - random.nextDouble(), random.nextBoolean());
        }
        // Then
        assertThat(calibration.toBytes().length).isLessThanOrEqualTo(300);
    }

    @Test
    void refusesWhatIsNoProbability() {
        CalibrationAccumulator calibration = new CalibrationAccumulator();
        assertThatThrownBy(() -> calibration.add(0, true)).hasMessageContaining("(0, 1]; got 0.0");
        assertThatThrownBy(() -> calibration.add(Double.NaN, true)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> calibration.add(1.1, true)).hasMessageContaining("got 1.1");
        assertThatThrownBy(calibration::expectedError).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> CalibrationAccumulator.fromBytes(new byte[] {9}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
