package io.lensmill.imaging.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.imaging.FloatImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessingTest {

    private static final Preprocessing MINMAX = Preprocessing.of("minmax-v1");

    @Test
    void scalesToZeroAndOne() {
        // Given
        FloatImage image = new FloatImage(2, 2, new float[] {-5, 0, 5, 15});
        // When
        FloatImage scaled = MINMAX.apply(image, 2);
        // Then
        assertThat(scaled.pixels()).containsExactly(0, 0.25f, 0.5f, 1);
        assertThat(image.pixels()).as("the original").containsExactly(-5, 0, 5, 15);
    }

    @Test
    void cutsTheCentreSquareOut() {
        // Given
        FloatImage wide = new FloatImage(2, 4, new float[] {9, 0, 1, 9, 9, 2, 4, 9});
        // When
        FloatImage square = MINMAX.apply(wide, 2);
        // Then
        assertThat(square.pixels()).containsExactly(0, 0.25f, 0.5f, 1);
    }

    @Test
    void shrinkingAveragesAllSourcePixels() {
        // Given a checkerboard, which picking single pixels would turn black or white
        float[] board = new float[64 * 64];
        for (int i = 0; i < board.length; i++) {
            board[i] = (i / 64 + i % 64) % 2;
        }
        // When
        FloatImage small = Resampling.resize(new FloatImage(64, 64, board), 16, 16);
        // Then
        for (float value : small.pixels()) {
            assertThat(value).isCloseTo(0.5f, within(0.01f));
        }
    }

    @Test
    void agreesWithTheTriangleFilterWorkedOutByHand() {
        // Given six pixels to become four: scale 1.5, so centres 0.75, 2.25, 3.75, 5.25 and a half width of 1.5
        FloatImage squares = new FloatImage(1, 6, new float[] {0, 1, 4, 9, 16, 25});
        // When
        FloatImage resized = Resampling.resize(squares, 1, 4);
        // Then the second: weights of pixels 1, 2, 3 are 1/2, 5/6, 1/6 over 3/2 (pixel 0 is 1.75 away)
        float second = (1 * (1 / 2f) + 4 * (5 / 6f) + 9 * (1 / 6f)) / 1.5f;
        assertThat(resized.pixels()[1]).isCloseTo(second, within(1e-5f));
    }

    @Test
    void resizingKeepsTheMeanOfASmoothImageAndMirrorsWithIt() {
        // Given
        float[] ramp = new float[150 * 150];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i % 150;
        }
        // When
        FloatImage small = Resampling.resize(new FloatImage(150, 150, ramp), 64, 64);
        // Then
        for (int column = 0; column < 32; column++) {
            assertThat(small.at(10, column) + small.at(10, 63 - column)).isCloseTo(149, within(1e-3f));
        }
    }

    @Test
    void anImageOfOneValueBecomesBlack() {
        // Given
        FloatImage blank = new FloatImage(8, 8, new float[64]);
        // When
        FloatImage scaled = MINMAX.apply(blank, 4);
        // Then
        assertThat(scaled.pixels()).containsOnly(0);
    }

    @Test
    void asinhLiftsFaintPixels() {
        // Given
        FloatImage image = new FloatImage(1, 3, new float[] {0, 0.1f, 1});
        // When
        float[] scaled = Preprocessing.of("asinh-v1")
                .apply(new FloatImage(3, 3, repeat(image.pixels())), 3)
                .pixels();
        // Then asinh(1) / asinh(10) = 0.8814 / 2.9982
        assertThat(scaled[1]).isCloseTo(0.29397f, within(1e-4f));
        assertThat(scaled[2]).isEqualTo(1);
    }

    @Test
    void theSquareRootMakesPhotonNoiseEquallyStrongEverywhere() {
        // Given counts of 100 and 10,000 photons, each with one standard deviation more
        FloatImage counts = new FloatImage(1, 6, new float[] {0, 100, 110, 10_000, 10_100, 40_000});
        // When
        float[] scaled = Preprocessing.SQRT_V1.scale(counts).pixels();
        // Then half a photon's root in both places
        assertThat(scaled[2] - scaled[1]).isCloseTo(0.5f / 200, within(1e-4f));
        assertThat(scaled[4] - scaled[3]).isCloseTo(0.5f / 200, within(1e-4f));
        assertThat(scaled[5]).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DETAIL_V1")
    void whatANetworkMakesIsPutBackIntoTheLinearScale(Preprocessing form) {
        // Given
        float[] linear = {0, 1e-4f, 0.01f, 0.2f, 0.5f, 0.9f, 0.999f, 0.37f, 1};
        FloatImage scaled = form.apply(new FloatImage(3, 3, linear), 3);
        // When
        FloatImage restored = form.restore(scaled);
        // Then
        assertThat(restored.pixels()).usingComparatorWithPrecision(2e-7f).containsExactly(linear);
    }

    @Test
    void whatIsNoImageAnyMoreCannotBePutBack() {
        assertThatThrownBy(() -> Preprocessing.DETAIL_V1.restore(new FloatImage(1, 1, new float[1])))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesWhatItCannotWorkOn() {
        // Given
        FloatImage nan = new FloatImage(1, 1, new float[] {Float.NaN});
        // When / Then
        assertThatThrownBy(() -> MINMAX.apply(nan, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Preprocessing.of("minmax-v9"))
                .hasMessageContaining("minmax-v1, asinh-v1, minmax-v2, asinh-v2, sqrt-v1, detail-v1; got");
    }

    private static float[] repeat(float[] row) {
        float[] rows = new float[row.length * row.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row[i % row.length];
        }
        return rows;
    }
}
