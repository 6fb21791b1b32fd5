package io.lensmill.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageFormatException.Reason;
import io.lensmill.imaging.ImageLimits;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzCodecTest {

    private static final byte[] FIRST = NpyCodec.encode(new FloatImage(1, 2, new float[] {1, 2}));
    private static final byte[] SECOND = NpyCodec.encode(new FloatImage(1, 2, new float[] {3, 4}));

    /** One array of an image, and in the stored file a list of labels beside it. */
    @ParameterizedTest
    @ValueSource(strings = {"numpy-stored.npz", "numpy-deflated.npz"})
    void readsTheOnlyImageOfFilesThatNumpyWrote(String name) throws Exception {
        // Given
        byte[] file;
        try (InputStream stream = NpzCodecTest.class.getResourceAsStream("/npz/" + name)) {
            file = stream.readAllBytes();
        }
        // When
        FloatImage image = ImageCodecs.decode(file, ImageLimits.DEFAULT);
        // Then
        assertThat(image.height()).isEqualTo(2);
        assertThat(image.pixels()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"after", "after.npy"})
    void readsTheArrayThatIsNamed(String name) throws Exception {
        // Given
        byte[] file = zip(Map.of("before.npy", FIRST, "after.npy", SECOND));
        // When
        FloatImage image = ImageCodecs.decodeArray(file, name, ImageLimits.DEFAULT);
        // Then
        assertThat(image.pixels()).containsExactly(3, 4);
    }

    @Test
    void refusesToChooseAndListsTheNames() throws Exception {
        // Given
        byte[] file = zip(Map.of("before.npy", FIRST, "after.npy", SECOND, "readme.txt", new byte[] {1}));
        // When / Then
        assertRefused(() -> decode(file), Reason.WRONG_SHAPE, "'after' [1, 2], 'before' [1, 2]", "2 images");
        assertRefused(
                () -> ImageCodecs.decodeArray(file, "x", ImageLimits.DEFAULT), Reason.WRONG_SHAPE, "'x'", "'after'");
        assertRefused(() -> ImageCodecs.decodeArray(FIRST, "x", ImageLimits.DEFAULT), Reason.UNDECODABLE, "Only .npz");
    }

    @Test
    void refusesPickledObjectsAndArchivesOfOtherThings() throws Exception {
        // Given
        byte[] pickled = zip(Map.of("a.npy", NpyCodecTest.file(1, "|O", "False", "(2, 2)", new byte[32])));
        byte[] other = zip(Map.of("readme.txt", new byte[] {1}));
        // When / Then
        assertRefused(() -> decode(pickled), Reason.WRONG_SHAPE, "pickled");
        assertRefused(() -> decode(other), Reason.WRONG_SHAPE, "no array");
    }

    @Test
    void refusesWhatInflatesBeyondTheLimit() throws Exception {
        // Given 64 MiB of zeros in some 64 KiB: beside the array, and as the array
        byte[] beside = zip(Map.of("a.npy", FIRST, "b.bin", new byte[64 << 20]));
        byte[] lying = zip(Map.of("a.npy", Arrays.copyOf(FIRST, 64 << 20)));
        byte[] huge = zip(Map.of("a.npy", NpyCodecTest.file(1, "<f8", "False", "(99999, 99999)", new byte[8])));
        ImageLimits limits = new ImageLimits(4096, 1 << 20);
        // When / Then
        assertRefused(() -> ImageCodecs.decode(beside, limits), Reason.TOO_LARGE, "inflates to more than");
        assertRefused(() -> ImageCodecs.decode(lying, limits), Reason.TOO_LARGE, "inflates to more than");
        assertRefused(() -> decode(huge), Reason.TOO_LARGE, "per side");
    }

    @Test
    void refusesTwoArraysOfOneName() throws Exception {
        // Given
        String whole = new String(zip(Map.of("a.npy", FIRST, "b.npy", SECOND)), StandardCharsets.ISO_8859_1);
        byte[] file = whole.replace("b.npy", "a.npy").getBytes(StandardCharsets.ISO_8859_1);
        // When / Then
        assertRefused(() -> decode(file), Reason.UNDECODABLE, "two arrays of one name");
    }

    @Test
    void refusesFilesThatAreCutOffOrHaveMoreThanTheirHeaderSays() throws Exception {
        // Given
        byte[] whole = zip(Map.of("a.npy", FIRST));
        byte[] more = zip(Map.of("a.npy", Arrays.copyOf(FIRST, FIRST.length + 40)));
        // When / Then
        assertRefused(() -> decode(Arrays.copyOf(whole, 60)), Reason.UNDECODABLE, "damaged or cut off");
        assertRefused(() -> decode(more), Reason.UNDECODABLE, "more than its header says");
    }

    static byte[] zip(Map<String, byte[]> entries) throws Exception {
        SortedMap<String, byte[]> sorted = new TreeMap<>(entries);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : sorted.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static FloatImage decode(byte[] file) throws ImageFormatException {
        return ImageCodecs.decode(file, ImageLimits.DEFAULT);
    }

    private static void assertRefused(ThrowingCallable call, Reason reason, String... messages) {
        assertThatThrownBy(call)
                .hasMessageContainingAll(messages)
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(reason);
    }
}
