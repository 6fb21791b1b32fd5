package io.lensmill.imaging.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.imaging.FloatImage;
import org.junit.jupiter.api.Test;

class LensLookTest {

    private static final int SIZE = 100;

    @Test
    void aDrawnRingHasItsRadiusWidthAndPlace() {
        // Given a ring of 20 px, 10 px wide, 3 px from the middle, on a pedestal
        FloatImage image = image((x, y) -> Math.abs(Math.hypot(x - 3, y) - 20) <= 5 ? 1 : 0.25);
        // When
        LensLook look = LensLook.of(image);
        // Then
        assertThat(look.backgroundMean()).isCloseTo(0.25, within(1e-9));
        assertThat(look.backgroundDeviation()).isCloseTo(0, within(1e-6));
        assertThat(look.ringRadius()).isBetween(15.0, 25.0);
        assertThat(look.ringWidth()).isBetween(9.0, 11.0);
        assertThat(look.axisRatio()).isCloseTo(1, within(0.01));
    }

    @Test
    void anEllipseHasItsAxisRatioWhateverItsDirection() {
        // Given
        double cos = Math.cos(0.4);
        double sin = Math.sin(0.4);
        FloatImage image = image((x, y) -> {
            double along = cos * x + sin * y;
            double across = cos * y - sin * x;
            return Math.exp(-(along * along / 200 + across * across / 72));
        });
        // When / Then sigmas of 10 and 6 px
        assertThat(LensLook.of(image).axisRatio()).isCloseTo(0.6, within(0.01));
    }

    /** A Gaussian of sigma s takes from white noise all but 1 - 2 / (2 pi s²) + 1 / (4 pi s²) of its variance. */
    @Test
    void noiseKeepsMostOfItselfInTheHighPass() {
        // Given
        LensRandom random = new LensRandom(5);
        FloatImage image = image((x, y) -> random.gaussian());
        // When / Then
        assertThat(LensLook.of(image).highPass()).isCloseTo(Math.sqrt(1 - 0.0796 + 0.0199), within(0.02));
    }

    private interface Light {
        double at(double x, double y);
    }

    private static FloatImage image(Light light) {
        float[] pixels = new float[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / SIZE;
            int column = i % SIZE;
            pixels[i] = (float) light.at(column - (SIZE - 1) / 2.0, row - (SIZE - 1) / 2.0);
        }
        return new FloatImage(SIZE, SIZE, pixels);
    }
}
