package io.lensmill.imaging.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.imaging.FloatImage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HighPassTest {

    private static final Preprocessing DETAIL = Preprocessing.of("detail-v1");

    @Test
    void anEvenImageHasNoDetail() {
        assertThat(DETAIL.apply(new FloatImage(20, 20, filled(400, 7)), 20).pixels())
                .containsOnly(0);
    }

    @Test
    void agreesWithTheTwoDimensionalSumWorkedOutDirectly() {
        // Given
        FloatImage image = noise(9, 12);
        // When
        FloatImage detail = HighPass.ofSquareRoot(image, 1.5, 3);
        // Then
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 12; x++) {
                assertThat(detail.at(y, x)).isCloseTo((float) expected(image, y, x, 1.5, 3), within(1e-5f));
            }
        }
    }

    @Test
    void photonNoiseIsEquallyStrongOnFaintAndBrightParts() {
        // Given: one half of 400 photons a pixel, the other of 3600, and their Poisson noise
        int size = 128;
        Random random = new Random(3);
        float[] photons = new float[size * size];
        for (int i = 0; i < photons.length; i++) {
            double mean = i % size < size / 2 ? 400 : 3600;
            photons[i] = (float) (mean + Math.sqrt(mean) * random.nextGaussian());
        }
        // A pixel of no light sets the zero.
        photons[0] = 0;
        // When
        FloatImage detail = DETAIL.apply(new FloatImage(size, size, photons), size);
        // Then: without the square root the ratio would be 3
        double ratio = deviation(detail, 70, 120) / deviation(detail, 8, 56);
        assertThat(ratio).isCloseTo(1, within(0.05));
    }

    @Test
    void turnsWithTheImage() {
        // Given
        FloatImage image = noise(16, 16);
        float[] transposed = new float[256];
        for (int i = 0; i < 256; i++) {
            transposed[i] = image.at(i % 16, i / 16);
        }
        // When
        FloatImage detail = DETAIL.apply(image, 16);
        FloatImage turned = DETAIL.apply(new FloatImage(16, 16, transposed), 16);
        // Then
        for (int y = 0; y < 16; y++) {
            for (int x = 0; x < 16; x++) {
                assertThat(turned.at(x, y)).isCloseTo(detail.at(y, x), within(1e-5f));
            }
        }
    }

    private static double expected(FloatImage image, int y, int x, double sigma, double gain) {
        int reach = (int) Math.ceil(3 * sigma);
        double sum = 0;
        double weights = 0;
        for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
                double weight = Math.exp(-(dy * dy + dx * dx) / (2 * sigma * sigma));
                int row = Math.min(image.height() - 1, Math.max(0, y + dy));
                int column = Math.min(image.width() - 1, Math.max(0, x + dx));
                sum += weight * Math.sqrt(image.at(row, column));
                weights += weight;
            }
        }
        return gain * (Math.sqrt(image.at(y, x)) - sum / weights);
    }

    private static double deviation(FloatImage image, int firstColumn, int endColumn) {
        double squares = 0;
        int count = 0;
        for (int y = 8; y < image.height() - 8; y++) {
            for (int x = firstColumn; x < endColumn; x++) {
                squares += image.at(y, x) * image.at(y, x);
                count++;
            }
        }
        return Math.sqrt(squares / count);
    }

    private static FloatImage noise(int height, int width) {
        Random random = new Random(5);
        float[] pixels = new float[height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) Math.abs(random.nextGaussian());
        }
        return new FloatImage(height, width, pixels);
    }

    private static float[] filled(int count, float value) {
        float[] pixels = new float[count];
        Arrays.fill(pixels, value);
        return pixels;
    }
}
