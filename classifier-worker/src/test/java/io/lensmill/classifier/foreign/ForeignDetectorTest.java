package io.lensmill.classifier.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.neural.Safetensors;
import io.lensmill.neural.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForeignDetectorTest {

    @Test
    void whatAnImageShowsAndHowItWasTakenBothCount() {
        // Given
        Random random = new Random(1);
        ForeignDetector detector = ForeignDetector.fit(normal(random, 1000, 0), new int[1000], normal(random, 600, 0));
        Looks usual = normal(random, 1, 0).get(0);
        Looks strange = normal(random, 1, 8).get(0);

        // When / Then
        assertThat(detector.judge(usual).foreign()).isFalse();
        assertThat(detector.judge(new Looks(strange.embedding(), usual.texture()))
                        .foreign())
                .isTrue();
        assertThat(detector.judge(new Looks(usual.embedding(), strange.texture()))
                        .foreign())
                .isTrue();
    }

    @Test
    void imagesLikeTheHeldOutOnesAreMarkedAsOftenAsTheRateSays() {
        // Given
        Random random = new Random(2);
        ForeignDetector detector = ForeignDetector.fit(normal(random, 1000, 0), new int[1000], normal(random, 600, 0));

        // When
        long marked = normal(random, 20_000, 0).stream()
                .filter(image -> detector.judge(image).foreign())
                .count();
        double meanPercentile = normal(random, 20_000, 0).stream()
                .mapToDouble(image -> detector.judge(image).percentile())
                .average()
                .orElseThrow();

        // Then: the threshold itself is uncertain by sqrt(0.05 x 0.95 / 600), a percentile's mean by 0.29 / sqrt(600)
        assertThat(marked / 20_000.0).isBetween(0.025, 0.075);
        assertThat(meanPercentile).isBetween(0.46, 0.54);
        assertThat(normal(random, 1000, 3).stream()
                        .filter(image -> detector.judge(image).foreign()))
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
    void aFileGivesTheSameVerdicts() throws IOException {
        // Given
        Random random = new Random(5);
        ForeignDetector detector = ForeignDetector.fit(normal(random, 300, 0), new int[300], normal(random, 5000, 0));

        // When
        ForeignDetector read = ForeignDetector.fromBytes(detector.toBytes());

        // Then
        for (Looks image : normal(random, 100, 0.5)) {
            assertThat(read.judge(image)).isEqualTo(detector.judge(image));
        }
        assertThat(read.toBytes()).isEqualTo(detector.toBytes());
        assertThat(detector.toBytes()).hasSizeLessThan(20_000);
    }

    @Test
    void aFileThatIsNoneIsRefusedWithTheReason() throws IOException {
        // Given
        Safetensors.Content good =
                Safetensors.read(ForeignDetectors.ofUnitCircle().toBytes());

        // When / Then
        assertUnreadable("text".getBytes(StandardCharsets.UTF_8), "safetensors");
        assertUnreadable(Safetensors.write(Map.of(), good.metadata()), "embedding.classMeans");
        assertUnreadable(changed(good, "embedding.whitening", Tensor.zeros(3, 3)), "[d, d]");
        assertUnreadable(changed(good, "texture.whitening", Tensor.zeros(3)), "texture.whitening");
        assertUnreadable(changed(good, "heldOutDistances", Tensor.zeros(2, 2)), "heldOutDistances");
        for (List<String> wrong : List.of(
                List.of("threshold", "NaN"),
                List.of("threshold", "x"),
                List.of("falseAlarmRate", "2"),
                List.of("embedding.unit", "0"),
                List.of("texture.unit", "-1"))) {
            Map<String, String> numbers = new HashMap<>(good.metadata());
            numbers.put(wrong.get(0), wrong.get(1));
            assertUnreadable(Safetensors.write(good.tensors(), numbers), wrong.get(0));
        }
    }

    @Test
    void aFileOfAnotherTextureIsRefused() throws IOException {
        // Given: of two numbers, as another version may have it
        Safetensors.Content good =
                Safetensors.read(ForeignDetectors.ofUnitCircle().toBytes());
        Map<String, Tensor> tensors = new HashMap<>(good.tensors());
        tensors.put("texture.whitening", Tensor.zeros(2, 2));
        tensors.put("texture.classMeans", Tensor.zeros(1, 2));

        // When / Then
        assertUnreadable(Safetensors.write(tensors, good.metadata()), "must be of 8 numbers; got 2");
    }

    private static byte[] changed(Safetensors.Content good, String name, Tensor tensor) {
        Map<String, Tensor> tensors = new HashMap<>(good.tensors());
        tensors.put(name, tensor);
        return Safetensors.write(tensors, good.metadata());
    }

    private static void assertUnreadable(byte[] file, String detail) {
        assertThatThrownBy(() -> ForeignDetector.fromBytes(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(detail);
    }

    /** Embedding and texture of eight features each, of variance 1. */
    private static List<Looks> normal(Random random, int count, double mean) {
        List<Looks> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(new Looks(row(random, mean), row(random, mean)));
        }
        return images;
    }

    private static float[] row(Random random, double mean) {
        float[] row = new float[Texture.SIZE];
        for (int j = 0; j < row.length; j++) {
            row[j] = (float) (mean + random.nextGaussian());
        }
        return row;
    }
}
