package io.lensmill.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageFormatException.Reason;
import io.lensmill.imaging.ImageLimits;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tile-compressed images. */
class FitsTilesTest {

    /** Files of astropy 8.0.1, which packs by CFITSIO; beside each, the numbers that astropy reads of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rice-dither-1",
                "rice-dither-2-nan",
                "rice-no-dither",
                "rice-unsigned-16",
                "gzip-1-lossless",
                "gzip-2",
                "plio",
                "hcompress-smooth",
                "hcompress-dither"
            })
    void readsWhatAstropyReads(String name) throws Exception {
        // Given
        byte[] file = resource(name + ".fits.gz");
        NpyArray expected = NpyCodec.decodeNumbers(resource(name + ".npy"));
        // When
        FloatImage image = ImageCodecs.decodeWithGaps(file, ImageLimits.DEFAULT);
        // Then
        assertThat(List.of(image.height(), image.width())).isEqualTo(expected.shape());
        for (int i = 0; i < image.pixels().length; i++) {
            assertThat(image.pixels()[i]).isEqualTo(Float.valueOf((float) expected.values()[i]));
        }
    }

    @Test
    void theCompressedImageIsNotPassedOverForAPlainOneBehindIt() throws Exception {
        // Given a science image of gzip tiles and its point-spread function
        byte[] file = TiledFits.withPrimary(
                TiledFits.gzip("GZIP_1", 16, 9, 8, new short[72]), FitsFiles.extension(8, 3, 3, new byte[9], "PSF"));
        // When
        FloatImage image = decode(file);
        // Then
        assertThat(image.width()).isEqualTo(9);
    }

    @Test
    void anImageThatCannotBeReadIsRefusedByNameWhateverStandsBehindIt() throws Exception {
        // Given
        byte[] file = TiledFits.withPrimary(
                TiledFits.gzip("WAVELET_9", 16, 9, 8, new short[72]), FitsFiles.extension(8, 3, 3, new byte[9], "PSF"));
        // When / Then
        assertRefused(file, Reason.UNDECODABLE, "extension 1 'SCI' (tile-compressed)", "'WAVELET_9'");
    }

    /** 14 kB that say they have an image of 40,000 pixels exhausted 256 MiB. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ZNAXIS1|40000|TOO_LARGE|per side",
                "ZNAXIS1|-1|UNDECODABLE|ZNAXIS1 must be 0 to",
                "ZNAXIS1|0|WRONG_SHAPE|no pixels",
                "ZNAXIS|1|WRONG_SHAPE|1 axis",
                "ZNAXIS|2000000000|UNDECODABLE|ZNAXIS must be 0 to 999",
                "ZNAXIS2|4000|UNDECODABLE|1 tiles where 4000 x 9 pixels",
                "ZTILE1|0|UNDECODABLE|ZTILE1 must be 1 to",
                "ZTILE1|2|UNDECODABLE|1 tiles where",
                "ZBITPIX|17|UNDECODABLE|ZBITPIX must be",
                "ZIMAGE|F|UNDECODABLE|ZIMAGE must be T",
                "PCOUNT|999999999|UNDECODABLE|cut off",
                "PCOUNT|-5|UNDECODABLE|PCOUNT must be",
                "PCOUNT|3|UNDECODABLE|the heap has 3 bytes",
                "GCOUNT|3000000000|UNDECODABLE|cut off",
                "NAXIS1|4|UNDECODABLE|TFORM1 to TFORM1 need more",
                "NAXIS2|2|UNDECODABLE|THEAP must be 16",
                "THEAP|7|UNDECODABLE|THEAP must be",
                "TFIELDS|0|UNDECODABLE|no data",
                "TFORM1|'99999999PB'|UNDECODABLE|need more",
                "TFORM1|'1QB'|UNDECODABLE|need more",
                "TFORM1|'8B'|UNDECODABLE|no variable length",
                "TFORM1|'nonsense'|UNDECODABLE|no format",
                "TTYPE1|'SOMETHING'|UNDECODABLE|no data"
            })
    void everySizeIsHeldAgainstTheBytes(String keyword, String value, Reason reason, String message) throws Exception {
        // Given
        byte[] file = TiledFits.withPrimary(
                TiledFits.with(TiledFits.gzip("GZIP_1", 16, 9, 8, new short[72]), keyword, value));
        // When / Then
        assertRefused(file, reason, "'SCI'", message);
    }

    @ParameterizedTest
    @CsvSource({"-1,0", "2000000000,0", "10,-5", "10,2000000000", "2147483647,2147483647"})
    void descriptorsOutsideTheHeapAreRefused(int count, int offset) throws Exception {
        // Given
        byte[] unit = TiledFits.gzip("GZIP_1", 16, 9, 8, new short[72]);
        ByteBuffer.wrap(unit).putInt(2880, count).putInt(2884, offset);
        // When / Then
        assertRefused(TiledFits.withPrimary(unit), Reason.UNDECODABLE, "tile 1 is said to have " + count + " elements");
    }

    @Test
    void tilesOfOneSpotOfTheHeapAreRefused() throws Exception {
        // Given two rows of eight pixels whose descriptors are the same
        byte[] unit = TiledFits.gzip("GZIP_1", 16, 8, 2, new short[8], new short[8]);
        ByteBuffer.wrap(unit).putLong(2888, ByteBuffer.wrap(unit).getLong(2880));
        ByteBuffer.wrap(unit).putInt(2880, ByteBuffer.wrap(unit).getInt(2880));
        byte[] file = TiledFits.withPrimary(TiledFits.with(unit, "PCOUNT", "30"));
        // When / Then
        assertRefused(file, Reason.UNDECODABLE, "claim more than the 30 bytes");
    }

    @Test
    void aTileThatInflatesToMoreThanItsPixelsIsRefused() throws Exception {
        // Given 20 MB of zeros in 20 kB, for 72 pixels
        byte[] file = TiledFits.withPrimary(TiledFits.gzip("GZIP_1", 16, 9, 8, new short[10_000_000]));
        // When / Then
        assertRefused(file, Reason.UNDECODABLE, "inflates to more than its 576 bytes");
    }

    @Test
    void manyPixelsOfFewBytesAreNotUnpacked() throws Exception {
        // Given 12 Mi pixels of zeros in 30 kB
        byte[] file = TiledFits.withPrimary(TiledFits.gzip("GZIP_1", 16, 4096, 3072, new short[4096 * 3072]));
        // When / Then
        assertRefused(file, Reason.TOO_LARGE, "A compressed image of 3072 x 4096 pixels");
    }

    @Test
    void damagedTilesAreRefused() throws Exception {
        // Given
        byte[] unit = TiledFits.gzip("GZIP_1", 16, 9, 8, new short[72]);
        byte[] rice = TiledFits.gzip("RICE_1", 16, 9, 8, new short[72]);
        byte[] hcompress = TiledFits.gzip("HCOMPRESS_1", 16, 9, 8, new short[72]);
        unit[2880 + 8 + 12] ^= 0x55;
        ByteBuffer.wrap(rice).putInt(2880, 3);
        // When / Then
        assertRefused(TiledFits.withPrimary(unit), Reason.UNDECODABLE, "gzip data");
        assertRefused(TiledFits.withPrimary(hcompress), Reason.UNDECODABLE, "says that it has");
        assertRefused(TiledFits.withPrimary(rice), Reason.UNDECODABLE, "tile 1 is damaged or cut off");
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream stream = FitsTilesTest.class.getResourceAsStream("/fits/" + name)) {
            return stream.readAllBytes();
        }
    }

    private static FloatImage decode(byte[] file) throws ImageFormatException {
        return ImageCodecs.decode(file, ImageLimits.DEFAULT);
    }

    private static void assertRefused(byte[] file, Reason reason, String... messages) {
        assertThatThrownBy(() -> decode(file))
                .hasMessageContainingAll(messages)
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(reason);
    }
}
