package io.lensmill.classifier.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.preprocessing.Dihedral;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextureTest {

    private static final int SIZE = 96;

    @Test
    void ofNoiseEveryDifferenceHasItsTheoreticalVariance() {
        // Given: variance 0.04; a difference has twice of it, a second difference six times
        FloatImage noise = noise(new Random(1), 0.2);

        // When
        float[] texture = Texture.of(noise);

        // Then
        assertThat(texture).hasSize(Texture.SIZE);
        assertThat(texture[0]).isEqualTo((float) Math.log(0.04), within(0.05f));
        assertThat(texture[1]).isEqualTo((float) Math.log(0.2 * Math.sqrt(2 / Math.PI)), within(0.05f));
        for (int i = 2; i < 6; i++) {
            assertThat(texture[i]).isEqualTo((float) Math.log(0.08), within(0.05f));
        }
        assertThat(texture[6]).isEqualTo((float) Math.log(0.24), within(0.05f));
        assertThat(texture[7]).isEqualTo((float) Math.log(0.24), within(0.05f));
    }

    @Test
    void ofARampDifferencesFollowTheLagAndSecondDifferencesAreNone() {
        // Given: rises by 0.01 a pixel along rows, not at all along columns
        float[] pixels = new float[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 0.01f * (i % SIZE);
        }

        // When
        float[] texture = Texture.of(new FloatImage(SIZE, SIZE, pixels));

        // Then
        for (int i = 0; i < 4; i++) {
            double lag = 1 << i;
            assertThat(texture[2 + i]).isEqualTo((float) Math.log(1e-4 * lag * lag / 2), within(1e-3f));
        }
        assertThat(texture[6]).isLessThan(-20);
    }

    @Test
    void isTheSameForAllFlipsAndQuarterTurns() {
        // Given
        FloatImage image = noise(new Random(2), 1);
        float[] expected = Texture.of(image);

        for (int symmetry = 0; symmetry < Dihedral.SYMMETRIES; symmetry++) {
            // When
            float[] turned = new float[SIZE * SIZE];
            Dihedral.apply(image.pixels(), SIZE, symmetry, turned, 0);

            // Then
            assertThat(Texture.of(new FloatImage(SIZE, SIZE, turned))).containsExactly(expected, within(1e-4f));
        }
    }

    @Test
    void isFiniteForImagesOfOneValueAndOfFewPixels() {
        for (int size : new int[] {1, 2, 8, 17}) {
            assertThat(Texture.of(new FloatImage(size, size, new float[size * size])))
                    .doesNotContain(Float.NaN, Float.NEGATIVE_INFINITY);
        }
    }

    private static FloatImage noise(Random random, double deviation) {
        float[] pixels = new float[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (deviation * random.nextGaussian());
        }
        return new FloatImage(SIZE, SIZE, pixels);
    }
}
