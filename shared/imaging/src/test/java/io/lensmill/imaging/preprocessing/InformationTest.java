package io.lensmill.imaging.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageFormatException.Reason;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.format.FitsFiles;
import io.lensmill.imaging.format.NpyCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that show nothing are told before a network answers them with confidence. */
class InformationTest {

    @ParameterizedTest
    @EnumSource(Preprocessing.class)
    void imagesOfOneValueAreRefused(Preprocessing preprocessing) throws Exception {
        // Given zeros, one value, and a FITS file whose scale is 0
        FloatImage zero = new FloatImage(16, 16, new float[256]);
        float[] pixels = new float[256];
        Arrays.fill(pixels, 7.5f);
        byte[] scaled = FitsFiles.image(8, 16, 16, ramp(), "BSCALE  = 0.0", "BZERO   = 3.0");
        // When / Then
        assertRefused(preprocessing, NpyCodec.encode(zero), "one value in float32 (0.0)");
        assertRefused(preprocessing, NpyCodec.encode(new FloatImage(16, 16, pixels)), "one value in float32 (7.5)");
        assertRefused(preprocessing, scaled, "one value in float32 (3.0)");
    }

    @Test
    void imagesThatFloat32MakesOneValueAreRefused() throws Exception {
        // Given values around 1e-300
        byte[] header = new String(NpyCodec.header(16, 16), StandardCharsets.ISO_8859_1)
                .replace("<f4", "<f8")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file = ByteBuffer.allocate(header.length + 8 * 256)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(header);
        for (int i = 0; i < 256; i++) {
            file.putDouble(i * 1e-300);
        }
        // When / Then
        assertRefused(Preprocessing.MINMAX_V1, file.array(), "one value in float32 (0.0)");
    }

    @Test
    void imagesOfFewerThanEightPixelsASideAreRefused() {
        // Given
        byte[] strip = NpyCodec.encode(new FloatImage(1, 64, new float[64]));
        byte[] seven = NpyCodec.encode(new FloatImage(64, 7, new float[448]));
        // When / Then
        assertRefused(Preprocessing.MINMAX_V2, strip, "1 x 64 pixels");
        assertRefused(Preprocessing.MINMAX_V2, seven, "64 x 7 pixels");
    }

    @Test
    void whatLiesOutsideTheCentreSquareShowsNothing() throws Exception {
        // Given light in the first column of a wide image only, and in its centre
        float[] aside = new float[8 * 32];
        aside[0] = 1;
        float[] central = new float[8 * 32];
        central[4 * 32 + 16] = 1;
        // When / Then
        assertRefused(Preprocessing.MINMAX_V1, NpyCodec.encode(new FloatImage(8, 32, aside)), "centre square");
        FloatImage image = new FloatImage(8, 32, central);
        assertThat(Preprocessing.MINMAX_V1.applyWithInformation(image, 8).pixels())
                .contains(1);
    }

    /** A preprocessing means the same with an offset as without: the offset was never seen. */
    @ParameterizedTest
    @EnumSource(Preprocessing.class)
    void anOffsetThatFloat32CannotHoldChangesNothing(Preprocessing preprocessing) throws Exception {
        // Given the same integers, and 2,000,000,001 above them
        byte[] low = FitsFiles.image(32, 16, 16, integers());
        byte[] high = FitsFiles.image(32, 16, 16, integers(), "BZERO   = 2000000001");
        // When
        FloatImage expected = preprocessing.apply(preprocessing.decode(low, ImageLimits.DEFAULT), 12);
        FloatImage found = preprocessing.apply(preprocessing.decode(high, ImageLimits.DEFAULT), 12);
        // Then
        assertThat(found.pixels()).containsExactly(expected.pixels());
    }

    private static byte[] integers() {
        ByteBuffer data = ByteBuffer.allocate(1024);
        for (int i = 0; i < 256; i++) {
            data.putInt((i * 37) % 101);
        }
        return data.array();
    }

    private static byte[] ramp() {
        byte[] data = new byte[256];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        return data;
    }

    private static void assertRefused(Preprocessing preprocessing, byte[] file, String message) {
        assertThatThrownBy(
                        () -> preprocessing.applyWithInformation(preprocessing.decode(file, ImageLimits.DEFAULT), 12))
                .hasMessageContaining(message)
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(Reason.NO_INFORMATION);
    }
}
