package io.lensmill.classifier.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.neural.Safetensors;
import io.lensmill.neural.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForeignDetectorTest {

    @Test
    void theDistanceIsTheMahalanobisDistanceToTheNearestClass() {
        // Given: two classes around (-5, 0) and (5, 0), variances 4 and 0.25, covariance 0
        Random random = new Random(1);
        List<float[]> training = new ArrayList<>();
        int[] labels = new int[20_000];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
            training.add(around(random, labels[i] == 0 ? -5 : 5, 2, 0.5));
        }
        ForeignDetector detector = ForeignDetector.fit(training, labels, training.subList(0, 1000));

        // When / Then
        assertThat(detector.judge(new float[] {5, 0}).distance()).isEqualTo(0, within(0.05));
        assertThat(detector.judge(new float[] {9, 0}).distance()).isEqualTo(2, within(0.05));
        assertThat(detector.judge(new float[] {-5, 2}).distance()).isEqualTo(4, within(0.1));
        assertThat(detector.judge(new float[] {0, 0}).distance()).isEqualTo(2.5, within(0.05));
    }

    @Test
    void imagesLikeTheHeldOutOnesAreMarkedAsOftenAsTheRateSays() {
        // Given
        Random random = new Random(2);
        ForeignDetector detector = ForeignDetector.fit(normal(random, 1000, 0), new int[1000], normal(random, 600, 0));

        // When
        long marked = normal(random, 20_000, 0).stream()
                .filter(embedding -> detector.judge(embedding).foreign())
                .count();
        double meanPercentile = normal(random, 20_000, 0).stream()
                .mapToDouble(embedding -> detector.judge(embedding).percentile())
                .average()
                .orElseThrow();

        // Then: the threshold itself is uncertain by sqrt(0.05 x 0.95 / 600), a percentile's mean by 0.29 / sqrt(600)
        assertThat(marked / 20_000.0).isBetween(0.025, 0.075);
        assertThat(meanPercentile).isBetween(0.46, 0.54);
        assertThat(normal(random, 1000, 3).stream()
                        .filter(e -> detector.judge(e).foreign()))
                .hasSizeGreaterThan(990);
    }

    @Test
    void withTooFewHeldOutImagesNothingIsCalledForeign() {
        // Given
        Random random = new Random(3);

        // When
        ForeignDetector detector = ForeignDetector.fit(normal(random, 5, 0), new int[5], normal(random, 18, 0));

        // Then
        assertThat(detector.threshold()).isInfinite();
        assertThat(detector.judge(normal(random, 1, 100).get(0)).foreign()).isFalse();
        assertThat(detector.judge(normal(random, 1, 100).get(0)).percentile()).isEqualTo(1);
    }

    @Test
    void featuresThatNoImageHasAndClassesWithoutImagesDoNotBreakIt() {
        // Given: feature 1 is always 0, class 1 has no image
        Random random = new Random(4);
        List<float[]> training = new ArrayList<>();
        int[] labels = new int[200];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2 == 0 ? 0 : 2;
            training.add(new float[] {(float) random.nextGaussian(), 0, (float) random.nextGaussian()});
        }

        // When
        ForeignDetector detector = ForeignDetector.fit(training, labels, training);

        // Then
        assertThat(detector.judge(new float[] {0, 0, 0}).distance()).isBetween(0.0, 1.0);
        assertThat(detector.judge(new float[] {0, 1, 0}).foreign()).isTrue();
        assertThat(ForeignDetector.fit(List.of(new float[] {1, 1}), new int[1], List.of())
                        .judge(new float[] {1, 1})
                        .distance())
                .isZero();
    }

    @Test
    void aFileGivesTheSameVerdicts() throws IOException {
        // Given
        Random random = new Random(5);
        ForeignDetector detector = ForeignDetector.fit(normal(random, 300, 0), new int[300], normal(random, 5000, 0));

        // When
        ForeignDetector read = ForeignDetector.fromBytes(detector.toBytes());

        // Then
        for (float[] embedding : normal(random, 100, 0.5)) {
            assertThat(read.judge(embedding)).isEqualTo(detector.judge(embedding));
        }
        assertThat(read.toBytes()).isEqualTo(detector.toBytes());
        assertThat(detector.toBytes()).hasSizeLessThan(20_000);
    }

    @Test
    void aFileThatIsNoneIsRefusedWithTheReason() {
        // Given
        Tensor square = Tensor.zeros(2, 2);
        Tensor list = Tensor.zeros(3);
        Map<String, String> numbers = Map.of("threshold", "3", "falseAlarmRate", "0.05");

        // When / Then
        assertUnreadable("text".getBytes(StandardCharsets.UTF_8), "safetensors");
        assertUnreadable(Safetensors.write(Map.of(), numbers), "classMeans");
        assertUnreadable(file(Tensor.zeros(3, 3), square, list, numbers), "[d, d]");
        assertUnreadable(file(square, square, square, numbers), "heldOutDistances");
        assertUnreadable(file(square, square, list, Map.of("threshold", "x")), "threshold");
        assertUnreadable(
                file(square, square, list, Map.of("threshold", "NaN", "falseAlarmRate", "2")), "got NaN and 2");
    }

    private static byte[] file(Tensor whitening, Tensor means, Tensor distances, Map<String, String> numbers) {
        return Safetensors.write(
                Map.of("whitening", whitening, "classMeans", means, "heldOutDistances", distances), numbers);
    }

    private static void assertUnreadable(byte[] file, String detail) {
        assertThatThrownBy(() -> ForeignDetector.fromBytes(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(detail);
    }

    private static float[] around(Random random, double centre, double deviationX, double deviationY) {
        return new float[] {
            (float) (centre + deviationX * random.nextGaussian()), (float) (deviationY * random.nextGaussian())
        };
    }

    /** Of eight features, each of variance 1. */
    private static List<float[]> normal(Random random, int count, double mean) {
        List<float[]> embeddings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] embedding = new float[8];
            for (int j = 0; j < embedding.length; j++) {
                embedding[j] = (float) (mean + random.nextGaussian());
            }
            embeddings.add(embedding);
        }
        return embeddings;
    }
}
