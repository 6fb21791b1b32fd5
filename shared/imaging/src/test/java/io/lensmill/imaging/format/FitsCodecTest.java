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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void refusesKeywordsThatContradictThemselves() {
        // Given
        byte[] width = FitsFiles.image(8, 4, 2, new byte[8], "NAXIS1  =                    2");
        byte[] scale = FitsFiles.image(8, 4, 2, new byte[8], "BSCALE  = 1.0", "bscale  = 2.0");
        byte[] same = FitsFiles.image(8, 2, 1, new byte[] {3, 4}, "BZERO   = 1.0", "BZERO   = 1.0");
        byte[] comment = FitsFiles.image(8, 2, 1, new byte[] {3, 4}, "OBJECT  = 'A'", "OBJECT  = 'B'");
        // When / Then
        assertRefused(width, Reason.UNDECODABLE, "NAXIS1 twice with different values");
        assertRefused(scale, Reason.UNDECODABLE, "BSCALE twice with different values");
        assertThat(decodeOrFail(same).pixels()).containsExactly(4, 5);
        assertThat(decodeOrFail(comment).pixels()).containsExactly(3, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NAXIS   = 1|WRONG_SHAPE|1 axis of [2] pixels",
                "NAXIS   = 'two'|UNDECODABLE|NAXIS must be a number",
                "NAXIS   = 1000|UNDECODABLE|NAXIS must be 0 to 999",
                "NAXIS1  = 2.5|UNDECODABLE|NAXIS1 must be a whole number",
                "NAXIS1  = -2|UNDECODABLE|NAXIS1 must be 0 to",
                "NAXIS1  = 1e400|UNDECODABLE|NAXIS1 must be a whole number",
                "NAXIS2  = 9223372036854775807|TOO_LARGE|per side",
                "BITPIX  = 12|UNDECODABLE|BITPIX must be"
            })
    void refusesSizesThatAreNone(String card, Reason reason, String message) {
        // Given a file of 2 x 2 bytes whose card is another
        String[] cards = {
            "SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 2", "NAXIS1  = 2", "NAXIS2  = 2",
        };
        for (int i = 0; i < cards.length; i++) {
            cards[i] = cards[i].startsWith(card.substring(0, 8)) ? card : cards[i];
        }
        // When / Then
        assertRefused(FitsFiles.file(new byte[4], cards), reason, message);
    }

    @Test
    void refusesTheFirstImageThatItCannotReadByItsName() throws Exception {
        // Given a cube before an image
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(FitsFiles.file(new byte[0], "SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 0"));
        file.write(FitsFiles.file(
                new byte[8],
                "XTENSION= 'IMAGE   '",
                "BITPIX  = 8",
                "NAXIS   = 3",
                "NAXIS1  = 2",
                "NAXIS2  = 2",
                "NAXIS3  = 2",
                "EXTNAME = 'CUBE'"));
        file.write(FitsFiles.extension(8, 2, 2, new byte[] {1, 2, 3, 4}, "IMAGE"));
        // When / Then
        assertRefused(
                file.toByteArray(),
                Reason.WRONG_SHAPE,
                "extension 1 'CUBE' cannot be read: it has 3 axes of [2, 2, 2]");
    }

    @Test
    void passesOverTablesAndEmptyUnits() throws Exception {
        // Given
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(
                FitsFiles.file(new byte[0], "SIMPLE  = T", "BITPIX  = 8", "NAXIS   = 2", "NAXIS1  = 0", "NAXIS2  = 0"));
        file.write(FitsFiles.file(
                new byte[12],
                "XTENSION= 'BINTABLE'",
                "BITPIX  = 8",
                "NAXIS   = 2",
                "NAXIS1  = 4",
                "NAXIS2  = 2",
                "PCOUNT  = 4",
                "GCOUNT  = 1",
                "TFIELDS = 1",
                "TFORM1  = '4B'"));
        file.write(FitsFiles.extension(8, 2, 2, new byte[] {1, 2, 3, 4}, "IMAGE"));
        // When
        FloatImage image = decode(file.toByteArray());
        // Then
        assertThat(image.pixels()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void offsetsAreTakenOffWhereFloat32WouldLoseIntegersAndOnlyThere() throws Exception {
        // Given unsigned integers of 32 and 64 bits, and some that float32 holds
        ByteBuffer four = ByteBuffer.allocate(8);
        four.putInt(Integer.MIN_VALUE + 2_000_000_001).putInt(Integer.MIN_VALUE + 2_000_000_004);
        ByteBuffer eight = ByteBuffer.allocate(16).putLong(Long.MAX_VALUE - 4).putLong(Long.MAX_VALUE);
        ByteBuffer held = ByteBuffer.allocate(8).putInt(1 << 30).putInt(16_777_215);
        // When / Then
        assertThat(decode(FitsFiles.image(32, 2, 1, four.array(), "BZERO   = 2147483648"))
                        .pixels())
                .containsExactly(0, 3);
        assertThat(decode(FitsFiles.image(64, 2, 1, eight.array(), "BZERO   = 9223372036854775808"))
                        .pixels())
                .containsExactly(0, 4);
        assertThat(decode(FitsFiles.image(32, 2, 1, held.array())).pixels()).containsExactly(1 << 30, 16_777_215);
    }

    private static FloatImage decodeOrFail(byte[] file) {
        try {
            return decode(file);
        } catch (ImageFormatException e) {
            throw new AssertionError(e);
        }
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
