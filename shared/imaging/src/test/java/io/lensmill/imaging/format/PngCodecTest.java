package io.lensmill.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageFormatException.Reason;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PngCodecTest {

    @Test
    void reads16BitGreyWithoutLoss() throws Exception {
        // Given
        byte[] file = PngCodec.encodeGrey16(new FloatImage(2, 2, new float[] {0, 65535, 258, 12345}));
        // When
        FloatImage image = PngCodec.decode(file);
        // Then
        assertThat(image.pixels()).containsExactly(0, 65535, 258, 12345);
    }

    @Test
    void reads8BitGreyLevelsAsTheyAre() throws Exception {
        // Given
        BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 100, 255});
        // When
        FloatImage image = PngCodec.decode(PngCodec.write(picture));
        // Then
        assertThat(image.width()).isEqualTo(3);
        assertThat(image.pixels()).containsExactly(0, 100, 255);
    }

    @Test
    void refusesColour() {
        // Given
        byte[] file = PngCodec.write(new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB));
        // When / Then
        assertRefused(file, Reason.WRONG_SHAPE, "must be grey");
    }

    @Test
    void refusesAHeaderOfTooManyPixelsBeforeReadingThem() {
        // Given
        byte[] file = PngCodec.encodeGrey16(new FloatImage(2, 2, new float[4]));
        ByteBuffer.wrap(file).putInt(16, 2_000_000_000).putInt(20, 2_000_000_000);
        // When / Then
        assertRefused(file, Reason.TOO_LARGE, "per side");
    }

    @Test
    void refusesATruncatedFile() {
        // Given
        byte[] file = PngCodec.encodeGrey16(new FloatImage(64, 64, new float[64 * 64]));
        // When / Then
        assertRefused(Arrays.copyOf(file, 50), Reason.UNDECODABLE, "damaged or cut off");
        assertRefused(Arrays.copyOf(file, 20), Reason.UNDECODABLE, "cut off in its header");
    }

    private static void assertRefused(byte[] file, Reason reason, String message) {
        assertThatThrownBy(() -> PngCodec.decode(file))
                .hasMessageContaining(message)
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(reason);
    }
}
