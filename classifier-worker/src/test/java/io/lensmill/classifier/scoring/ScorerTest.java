package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.classifier.foreign.Looks;
import io.lensmill.imaging.FloatImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScorerTest {

    private final BrightnessNetwork network = new BrightnessNetwork();
    private final Scorer scorer = new Scorer(network, 2, 4, new ComputeLock().shared());

    @Test
    void scoresKeepTheOrderOfTheImagesOverSeveralBatches() {
        // Given
        List<FloatImage> images =
                IntStream.range(0, 11).mapToObj(i -> image(2, i / 10f)).toList();

        // When
        List<Score> scores = scorer.score(images);

        // Then
        assertThat(scores)
                .extracting(score -> score.embedding()[0])
                .containsExactlyElementsOf(
                        IntStream.range(0, 11).mapToObj(i -> i / 10f).toList());
    }

    @Test
    void batchesAreFilledUpToPowersOfTwo() {
        // When
        scorer.score(images(11));
        scorer.score(images(1));

        // Then
        assertThat(network.batchSizes).containsExactly(4, 4, 4, 1);
    }

    @Test
    void warmingUpShowsTheNetworkEveryBatchSizeOnce() {
        // When
        scorer.warmUp();

        // Then
        assertThat(network.batchSizes).containsExactly(4, 2, 1);
    }

    @Test
    void warmingUpMeetsOddBatchSizesToo() {
        // When
        new Scorer(network, 2, 12, new ComputeLock().shared()).warmUp();

        // Then: 12 instead of 16, and what fewer images are filled up to
        assertThat(network.batchSizes).containsExactly(12, 8, 4, 2, 1);
    }

    @Test
    void noImagesNeedNoNetwork() {
        // When
        List<Score> scores = scorer.score(List.of());

        // Then
        assertThat(scores).isEmpty();
        assertThat(network.batchSizes).isEmpty();
    }

    @Test
    void probabilitiesSumToOneEvenForHugeLogits() {
        // When
        float[] probabilities = Scorer.softmax(new float[] {1000f, 999f, -1000f});

        // Then
        assertThat(probabilities[0] + probabilities[1] + probabilities[2]).isCloseTo(1f, within(1e-6f));
        assertThat(probabilities[0] / probabilities[1]).isCloseTo((float) Math.E, within(1e-5f));
    }

    @Test
    void theFirstOfEqualProbabilitiesIsPredicted() {
        // When
        int predicted = new Score(new float[] {0.2f, 0.4f, 0.4f}, new Looks(new float[0], new float[0])).predicted();

        // Then
        assertThat(predicted).isEqualTo(1);
    }

    @Test
    void anImageThatWasNotPreparedIsAnErrorOfOurs() {
        // When / Then
        assertThatThrownBy(() -> scorer.score(List.of(image(3, 0f))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 x 3");
    }

    private static List<FloatImage> images(int n) {
        return IntStream.range(0, n).mapToObj(i -> image(2, i)).toList();
    }

    private static FloatImage image(int size, float value) {
        float[] pixels = new float[size * size];
        Arrays.fill(pixels, value);
        return new FloatImage(size, size, pixels);
    }
}
