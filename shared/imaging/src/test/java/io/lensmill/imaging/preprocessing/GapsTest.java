package io.lensmill.imaging.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageFormatException.Reason;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.format.FitsFiles;
import io.lensmill.imaging.format.ImageCodecs;
import java.nio.ByteBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Survey cutouts with missing pixels. */
class GapsTest {

    private static final float NAN = Float.NaN;

    @ParameterizedTest
    @ValueSource(strings = {"minmax-v1", "asinh-v1"})
    void theFirstFormsRefuseMissingPixels(String id) {
        // Given
        byte[] cutout = fits(NAN, 1, 2, 5);
        Preprocessing preprocessing = Preprocessing.of(id);
        // When / Then
        assertNotFinite(() -> preprocessing.decode(cutout, ImageLimits.DEFAULT), "1 of 4 pixels are NaN");
        assertThatThrownBy(() -> preprocessing.apply(new FloatImage(1, 2, new float[] {NAN, 1}), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(id);
    }

    @Test
    void theSecondFormsFillThemWithTheMedianOfTheOthers() throws Exception {
        // Given
        byte[] cutout = fits(NAN, 1, 2, 5);
        Preprocessing preprocessing = Preprocessing.of("minmax-v2");
        // When
        FloatImage image = preprocessing.apply(preprocessing.decode(cutout, ImageLimits.DEFAULT), 2);
        // Then
        assertThat(image.pixels()).containsExactly(0.25f, 0, 0.25f, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"minmax", "asinh"})
    void withoutMissingPixelsBothVersionsAgree(String name) {
        // Given
        FloatImage image = new FloatImage(2, 2, new float[] {-3, 1, 2, 5});
        // When
        FloatImage second = Preprocessing.of(name + "-v2").apply(image, 2);
        // Then
        assertThat(second.pixels())
                .containsExactly(Preprocessing.of(name + "-v1").apply(image, 2).pixels());
    }

    @Test
    void infinityAndMostlyMissingPixelsAreRefusedByAll() {
        // Given
        Preprocessing preprocessing = Preprocessing.of("minmax-v2");
        // When / Then
        assertNotFinite(
                () -> preprocessing.decode(fits(1, 2, 3, Float.POSITIVE_INFINITY), ImageLimits.DEFAULT), "infinite");
        assertThatThrownBy(() -> preprocessing.decode(fits(1, NAN, 3, NAN), ImageLimits.DEFAULT))
                .hasMessageContaining("2 of 4 pixels are missing")
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(Reason.NO_INFORMATION);
    }

    @Test
    void blankPixelsAreMissingOnes() throws Exception {
        // Given
        byte[] file = FitsFiles.image(8, 3, 1, new byte[] {3, 0, 4}, "BLANK   =                    0");
        // When
        FloatImage image = ImageCodecs.decodeWithGaps(file, ImageLimits.DEFAULT);
        // Then
        assertThat(image.pixels()).containsExactly(3, NAN, 4);
    }

    private static byte[] fits(float... pixels) {
        ByteBuffer data = ByteBuffer.allocate(16);
        data.asFloatBuffer().put(pixels);
        return FitsFiles.image(-32, 2, 2, data.array());
    }

    private static void assertNotFinite(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(Reason.NOT_FINITE);
    }
}
