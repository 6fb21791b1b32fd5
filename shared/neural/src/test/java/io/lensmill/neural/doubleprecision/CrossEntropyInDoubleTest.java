package io.lensmill.neural.doubleprecision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.Loss;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.training.CrossEntropy;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossEntropyInDoubleTest {

    private static final int CLASSES = 3;
    private static final int[] LABELS = {2, 0, 1, 1, 2};

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.6})
    void lossAndGradientAreThoseOfTheDefinition(double smoothing) {
        // Given
        Tensor logits = Tensor.zeros(LABELS.length, CLASSES);
        new CounterRandom(8).fillGaussian(logits.values());
        for (int i = 0; i < logits.values().length; i++) {
            logits.values()[i] *= 3;
        }
        double[] exact = DoubleArray.of(logits).values();

        // When
        Loss.Evaluation evaluation = new CrossEntropy("logits", LABELS, smoothing).evaluate(Map.of("logits", logits));

        // Then
        assertThat(evaluation.value()).isCloseTo(crossEntropy(exact, smoothing), within(1e-12));
        double[] differences = new double[exact.length];
        for (int i = 0; i < exact.length; i++) {
            differences[i] = CentralDifferences.derivative(() -> crossEntropy(exact, smoothing), exact, i);
        }
        double[] gradient =
                DoubleArray.of(evaluation.outputGradients().get("logits")).values();
        assertThat(Norms.ofDifference(gradient, differences)).isLessThan(1e-6 * Norms.of(differences));
    }

    /** Mean over the images of -Σ target log softmax(logits), target = (1 - s) [k is the label] + s / K. */
    private static double crossEntropy(double[] logits, double smoothing) {
        double total = 0;
        for (int image = 0; image < LABELS.length; image++) {
            double sum = 0;
            for (int k = 0; k < CLASSES; k++) {
                sum += Math.exp(logits[image * CLASSES + k]);
            }
            for (int k = 0; k < CLASSES; k++) {
                double target = (k == LABELS[image] ? 1 - smoothing : 0) + smoothing / CLASSES;
                total -= target * Math.log(Math.exp(logits[image * CLASSES + k]) / sum);
            }
        }
        return total / LABELS.length;
    }
}
