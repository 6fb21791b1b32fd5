package io.lensmill.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageFormatException.Reason;
import io.lensmill.imaging.ImageLimits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FitsCodecTest {

    @Test
    void readsFloat32() throws Exception {
        // Given
        ByteBuffer data = ByteBuffer.allocate(24);
        data.asFloatBuffer().put(new float[] {1, 2, 3, 4, 5, -6.5f});
        // When
        FloatImage image = decode(FitsFiles.image(-32, 3, 2, data.array()));
        // Then
        assertThat(image.height()).isEqualTo(2);
        assertThat(image.width()).isEqualTo(3);
        assertThat(image.pixels()).containsExactly(1, 2, 3, 4, 5, -6.5f);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        // Given
        FloatImage image = new FloatImage(2, 3, new float[] {0, 0.25f, 1, -3e-7f, 5, 6});
        // When
        byte[] file = FitsCodec.encode(image);
        // Then
        FloatImage read = decode(file);
        assertThat(file.length % 2880).isZero();
        assertThat(read.height()).isEqualTo(2);
        assertThat(read.width()).isEqualTo(3);
        assertThat(read.pixels()).containsExactly(image.pixels());
    }

    @Test
    void appliesScaleAndZero() throws Exception {
        // Given
        byte[] unsigned = FitsFiles.image(
                16, 2, 1, new byte[] {(byte) 0x80, 0, 0x7f, (byte) 0xff}, "BZERO   = 32768", "BSCALE  = 1.0");
        byte[] halves = FitsFiles.image(8, 2, 1, new byte[] {3, (byte) 255}, "BSCALE  = 0.5", "BZERO   = -1.0");
        // When / Then
        assertThat(decode(unsigned).pixels()).containsExactly(0, 65535);
        assertThat(decode(halves).pixels()).containsExactly(0.5f, 126.5f);
    }

    @Test
    void readsGzip() throws Exception {
        // Given
        byte[] file = FitsFiles.gzip(FitsFiles.image(8, 2, 2, new byte[] {1, 2, 3, 4}));
        // When
        FloatImage image = decode(file);
        // Then
        assertThat(image.pixels()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void readsTheFirstImageExtension() throws Exception {
        // Given
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(FitsFiles.file(
                new byte[0],
                "SIMPLE  =                    T",
                "BITPIX  =                    8",
                "NAXIS   =                    0",
                "EXTEND  =                    T"));
        file.write(FitsFiles.file(
                new byte[] {7, 8},
                "XTENSION= 'IMAGE   '",
                "BITPIX  =                    8",
                "NAXIS   =                    2",
                "NAXIS1  =                    2",
                "NAXIS2  =                    1",
                "PCOUNT  =                    0",
                "GCOUNT  =                    1"));
        // When
        FloatImage image = decode(file.toByteArray());
        // Then
        assertThat(image.pixels()).containsExactly(7, 8);
    }

    @Test
    void refusesBlankPixelsAsNotFinite() {
        // Given
        byte[] file = FitsFiles.image(8, 2, 1, new byte[] {3, 0}, "BLANK   =                    0");
        // When / Then
        assertRefused(file, Reason.NOT_FINITE, "1 of 2 pixels");
    }

    @Test
    void refusesALyingHeaderBeforeReservingMemory() {
        // Given
        byte[] huge = FitsFiles.image(-64, 2_000_000_000, 2_000_000_000, new byte[8]);
        byte[] cut = Arrays.copyOf(FitsFiles.image(-64, 4000, 4000, new byte[8]), 2880);
        // When / Then
        assertRefused(huge, Reason.TOO_LARGE, "per side");
        assertRefused(cut, Reason.UNDECODABLE, "cut off");
    }

    @Test
    void refusesACubeAndAFileWithoutImage() {
        // Given
        byte[] cube = FitsFiles.file(
                new byte[8],
                "SIMPLE  =                    T",
                "BITPIX  =                    8",
                "NAXIS   =                    3",
                "NAXIS1  =                    2",
                "NAXIS2  =                    2",
                "NAXIS3  =                    2");
        byte[] empty = FitsFiles.file(
                new byte[0],
                "SIMPLE  =                    T",
                "BITPIX  =                    8",
                "NAXIS   =                    0");
        // When / Then
        assertRefused(cube, Reason.WRONG_SHAPE, "3 axes");
        assertRefused(empty, Reason.WRONG_SHAPE, "no two-dimensional image");
    }

    @Test
    void inflatesNoMoreThanTheLimit() throws Exception {
        // Given
        byte[] bomb = FitsFiles.gzip(FitsFiles.image(8, 4000, 4000, new byte[16_000_000]));
        ImageLimits limits = new ImageLimits(4096, 100_000);
        // When / Then
        assertThatThrownBy(() -> ImageCodecs.decode(bomb, limits))
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(Reason.TOO_LARGE);
    }

    private static FloatImage decode(byte[] file) throws ImageFormatException {
        return ImageCodecs.decode(file, ImageLimits.DEFAULT);
    }

    private static void assertRefused(byte[] file, Reason reason, String message) {
        assertThatThrownBy(() -> decode(file))
                .hasMessageContaining(message)
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(reason);
    }
}
