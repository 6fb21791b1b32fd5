package io.lensmill.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.ImageFormat;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageLimits;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileFormatTest {

    private static final FloatImage IMAGE = new FloatImage(1, 2, new float[] {0, 65_535});

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void everyFormatIsKnownByItsFirstBytesAndReadByItsCodec(FileFormat format) throws Exception {
        // Given
        byte[] file = file(format);
        byte[] beginning = Arrays.copyOf(file, FileFormat.MAGIC_BYTES);
        // When / Then
        assertThat(FileFormat.of(beginning)).contains(format);
        assertThat(FileFormat.inMessages(beginning)).contains(inMessages(format));
        assertThat(ImageCodecs.decode(file, ImageLimits.DEFAULT).pixels()).containsExactly(IMAGE.pixels());
    }

    @ParameterizedTest
    @EnumSource(FileFormat.class)
    void everyFormatIsKnownByItsEndings(FileFormat format) {
        // When / Then
        assertThat(format.endings()).isNotEmpty().allMatch(ending -> ending.matches("(\\.[a-z]+)+"));
        assertThat(format.endings())
                .allMatch(ending -> FileFormat.isNameOfImage("train/no/A" + ending.toUpperCase(Locale.ROOT)));
    }

    @Test
    void otherNamesAndOtherBytesAreNoImages() {
        // When / Then
        assertThat(FileFormat.isNameOfImage("manifest.json")).isFalse();
        assertThat(FileFormat.isNameOfImage("notes.gz")).isFalse();
        assertThat(FileFormat.of(new byte[] {1, 2, 3})).isEmpty();
        assertThat(FileFormat.of(new byte[0])).isEmpty();
    }

    /** Written out, not asked of the list: stored messages hold these names. */
    private static ImageFormat inMessages(FileFormat format) {
        return switch (format) {
            case NPY, NPZ -> ImageFormat.NPY;
            case PNG -> ImageFormat.PNG;
            case FITS, FITS_GZIP -> ImageFormat.FITS;
        };
    }

    private static byte[] file(FileFormat format) throws Exception {
        return switch (format) {
            case NPY -> NpyCodec.encode(IMAGE);
            case NPZ -> NpzCodecTest.zip(Map.of("a.npy", NpyCodec.encode(IMAGE)));
            case PNG -> PngCodec.encodeGrey16(IMAGE);
            case FITS -> fits();
            case FITS_GZIP -> FitsFiles.gzip(fits());
        };
    }

    private static byte[] fits() throws Exception {
        return FitsFiles.image(-32, 2, 1, new byte[] {0, 0, 0, 0, 0x47, 0x7f, (byte) 0xff, 0});
    }
}
