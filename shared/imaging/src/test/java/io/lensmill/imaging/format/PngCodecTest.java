package io.lensmill.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageFormatException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
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

    @Test
    void chunksThatSayNothingOfThePixelsAreLeftOut() throws Exception {
        // Given 64 MiB of text in 64 KiB, between header and pixels
        byte[] file = PngCodec.encodeGrey16(new FloatImage(1, 2, new float[] {0, 1}));
        byte[] text = chunk("zTXt", deflated(64 << 20));
        // When
        FloatImage image = PngCodec.decode(inserted(file, text));
        // Then
        assertThat(image.pixels()).containsExactly(0, 65_535);
    }

    @Test
    void refusesWhatLies() throws Exception {
        // Given
        byte[] file = PngCodec.encodeGrey16(new FloatImage(64, 64, new float[64 * 64]));
        byte[] larger = file.clone();
        ByteBuffer.wrap(larger).putInt(16, 4000).putInt(20, 200);
        byte[] bomb = file.clone();
        ByteBuffer.wrap(bomb).putInt(16, 4096).putInt(20, 4096);
        byte[] methods = file.clone();
        methods[28] = 7;
        byte[] longChunk = file.clone();
        ByteBuffer.wrap(longChunk).putInt(33, Integer.MAX_VALUE);
        // When / Then
        assertRefused(larger, Reason.UNDECODABLE, "cannot hold its 1600000 bytes");
        assertRefused(bomb, Reason.TOO_LARGE, "A compressed image of 4096 x 4096 pixels");
        assertRefused(methods, Reason.UNDECODABLE, "0, 0 and 7");
        assertRefused(longChunk, Reason.UNDECODABLE, "claims 2147483647 bytes");
        assertRefused(inserted(file, chunk("tRNS", new byte[2])), Reason.WRONG_SHAPE, "transparency");
    }

    private static byte[] inserted(byte[] file, byte[] chunk) {
        int header = 33;
        ByteBuffer longer = ByteBuffer.allocate(file.length + chunk.length);
        return longer.put(file, 0, header)
                .put(chunk)
                .put(file, header, file.length - header)
                .array();
    }

    private static byte[] chunk(String name, byte[] data) {
        byte[] type = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(type);
        checksum.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type)
                .put(data)
                .putInt((int) checksum.getValue())
                .array();
    }

    private static byte[] deflated(int zeros) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            deflater.write(new byte[zeros]);
        }
        return packed.toByteArray();
    }

    private static void assertRefused(byte[] file, Reason reason, String message) {
        assertThatThrownBy(() -> PngCodec.decode(file))
                .hasMessageContaining(message)
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(reason);
    }
}
