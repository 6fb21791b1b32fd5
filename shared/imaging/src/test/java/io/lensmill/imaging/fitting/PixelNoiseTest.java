package io.lensmill.imaging.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelNoiseTest {

    private static final int SIZE = 150;

    @Test
    void photonNoiseIsReadFromTheImageWhateverItsScale() {
        for (double scale : new double[] {1, 1.0 / 800, 1e6}) {
            // Given: a wide blob of 500 photons on 10 of sky
            Random random = new Random(7);
            double[] pixels = blob();
            for (int i = 0; i < pixels.length; i++) {
                double mean = 10 + 500 * pixels[i];
                pixels[i] = scale * (mean + Math.sqrt(mean) * random.nextGaussian());
            }
            // When
            PixelNoise noise = PixelNoise.of(grid(pixels));
            // Then
            assertThat(noise.variance(scale * 10) / (scale * scale)).isCloseTo(10, within(0.6));
            assertThat(noise.variance(scale * 400) / (scale * scale)).isCloseTo(400, within(40.0));
        }
    }

    @Test
    void evenNoiseDoesNotGrowWithTheLight() {
        // Given
        Random random = new Random(8);
        double[] pixels = blob();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 100 * pixels[i] + 3 * random.nextGaussian();
        }
        // When
        PixelNoise noise = PixelNoise.of(grid(pixels));
        // Then
        assertThat(noise.variance(0)).isCloseTo(9, within(0.6));
        assertThat(noise.variance(100)).isCloseTo(9, within(2.5));
    }

    @Test
    void aFewHotPixelsDoNotCount() {
        // Given
        Random random = new Random(9);
        double[] pixels = blob();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 100 * pixels[i] + random.nextGaussian();
        }
        for (int i = 0; i < 5; i++) {
            pixels[random.nextInt(pixels.length)] += 1000;
        }
        // When, Then
        assertThat(PixelNoise.of(grid(pixels)).variance(0)).isCloseTo(1, within(0.2));
    }

    @Test
    void noNoiseIsNoFault() {
        PixelNoise noise = PixelNoise.of(grid(blob()));
        assertThat(noise.variance(0)).isPositive().isLessThan(1e-8);
    }

    @Test
    void missingPixelsDoNotCount() {
        // Given: a stripe that is missing
        Random random = new Random(10);
        double[] pixels = blob();
        double[] counts = new double[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            boolean there = i % SIZE < 30 || i % SIZE > 35;
            counts[i] = there ? 1 : 0;
            pixels[i] = there ? 50 + 100 * pixels[i] + random.nextGaussian() : 0;
        }
        // When, Then
        assertThat(PixelNoise.of(new PixelGrid(SIZE, pixels, counts)).variance(50))
                .isCloseTo(1, within(0.1));
    }

    private static PixelGrid grid(double[] pixels) {
        double[] counts = new double[pixels.length];
        Arrays.fill(counts, 1);
        return new PixelGrid(SIZE, pixels, counts);
    }

    /** Peak 1, as wide as an arc is blurred. */
    private static double[] blob() {
        double[] pixels = new double[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            double x = i % SIZE - 70.0;
            int row = i / SIZE;
            double y = row - 80.0;
            pixels[i] = Math.exp(-(x * x + y * y) / (2 * 12 * 12));
        }
        return pixels;
    }
}
