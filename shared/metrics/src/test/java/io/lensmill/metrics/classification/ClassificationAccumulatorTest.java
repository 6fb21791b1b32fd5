package io.lensmill.metrics.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.metrics.ReferenceData;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassificationAccumulatorTest {

    private static final List<String> CLASSES = List.of("no", "sphere", "vort");
    private static final long[][] CONFUSION = {{878, 65, 71}, {65, 858, 65}, {76, 68, 854}};

    private final float[][] probabilities = ReferenceData.probabilities();
    private final int[] labels = ReferenceData.labels();

    @Test
    void countsAsTheReferenceDoes() {
        // Given
        ClassificationAccumulator accumulator = new ClassificationAccumulator();
        // When
        for (int i = 0; i < labels.length; i++) {
            add(accumulator, i, true);
        }
        // Then
        for (int t = 0; t < 3; t++) {
            for (int p = 0; p < 3; p++) {
                assertThat(accumulator.confusion().count(CLASSES.get(t), CLASSES.get(p)))
                        .isEqualTo(CONFUSION[t][p]);
            }
        }
        assertThat(accumulator.confusion().correct()).isEqualTo(2590);
        assertThat(accumulator.confusion().total()).isEqualTo(3000);
    }

    @Test
    void isTheSameForEveryOrderAndPartition() {
        // Given
        ClassificationAccumulator whole = new ClassificationAccumulator();
        ClassificationAccumulator left = new ClassificationAccumulator();
        ClassificationAccumulator right = new ClassificationAccumulator();
        Random random = new Random(3);
        // When
        for (int i = 0; i < labels.length; i++) {
            add(whole, i, i % 4 != 0);
            add(random.nextBoolean() ? left : right, i, i % 4 != 0);
        }
        left.merge(ClassificationAccumulator.fromBytes(right.toBytes()));
        // Then
        assertThat(left.toBytes()).isEqualTo(whole.toBytes());
        assertThat(left.confusion().total()).isEqualTo(2250);
    }

    @Test
    void calibrationIsThatOfTheLabelledImages() {
        // Given
        ClassificationAccumulator accumulator = new ClassificationAccumulator();
        CalibrationAccumulator alone = new CalibrationAccumulator();
        // When
        for (int i = 0; i < labels.length; i++) {
            add(accumulator, i, i % 2 == 0);
            float[] p = probabilities[i];
            int best = p[1] > p[0] ? 1 : 0;
            best = p[2] > p[best] ? 2 : best;
            if (i % 2 == 0) {
                alone.add(p[best], labels[i] == best);
            }
        }
        // Then
        assertThat(accumulator.calibration().count()).isEqualTo(1500);
        assertThat(accumulator.calibration().toBytes()).isEqualTo(alone.toBytes());
    }

    @Test
    void aStateFromBeforeCalibrationIsRead() {
        // Given: version 1 is version 2 without its last field
        ClassificationAccumulator accumulator = new ClassificationAccumulator();
        for (int i = 0; i < 50; i++) {
            add(accumulator, i, true);
        }
        byte[] now = accumulator.toBytes();
        int calibration = accumulator.calibration().toBytes().length;
        int lengthPrefix = calibration > 127 ? 2 : 1;
        byte[] earlier = Arrays.copyOf(now, now.length - calibration - lengthPrefix);
        earlier[0] = 1;
        // When
        ClassificationAccumulator read = ClassificationAccumulator.fromBytes(earlier);
        add(read, 50, true);
        // Then
        assertThat(read.confusion().total()).isEqualTo(51);
        assertThat(read.calibration().count()).isEqualTo(1);
    }

    @Test
    void aPredictionOfProbabilityZeroHasNoConfidence() {
        // Given
        ClassificationAccumulator accumulator = new ClassificationAccumulator();
        // When
        accumulator.add(CLASSES, new float[] {1, 0, 0}, "sphere", "sphere");
        // Then
        assertThat(accumulator.confusion().total()).isEqualTo(1);
        assertThat(accumulator.calibration().count()).isZero();
    }

    @Test
    void anUnknownLabelCountsAsPredictedOnly() {
        // Given
        ClassificationAccumulator accumulator = new ClassificationAccumulator();
        // When
        accumulator.add(CLASSES, new float[] {0.2f, 0.7f, 0.1f}, "sphere", "galaxy");
        accumulator.add(CLASSES, new float[] {0.2f, 0.7f, 0.1f}, "sphere", null);
        // Then
        assertThat(accumulator.predicted("sphere")).isEqualTo(2);
        assertThat(accumulator.confusion().total()).isZero();
        assertThat(accumulator.roc("sphere").hasBothKinds()).isFalse();
    }

    @Test
    void keepsTheUnionWhereModelsDisagree() {
        // Given
        ClassificationAccumulator one = new ClassificationAccumulator();
        one.add(List.of("b", "a"), new float[] {0.6f, 0.4f}, "b", "b");
        ClassificationAccumulator other = new ClassificationAccumulator();
        other.add(List.of("a", "c"), new float[] {0.6f, 0.4f}, "a", "c");
        // When
        one.merge(other);
        // Then
        assertThat(one.classes()).containsExactly("a", "b", "c");
        assertThat(one.confusion().total()).isEqualTo(2);
        assertThat(one.roc("a").negatives()).isEqualTo(2);
    }

    private void add(ClassificationAccumulator accumulator, int i, boolean labelled) {
        float[] p = probabilities[i];
        int best = p[1] > p[0] ? 1 : 0;
        best = p[2] > p[best] ? 2 : best;
        accumulator.add(CLASSES, p, CLASSES.get(best), labelled ? CLASSES.get(labels[i]) : null);
    }
}
