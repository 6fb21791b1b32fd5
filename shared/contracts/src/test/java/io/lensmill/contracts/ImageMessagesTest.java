package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMessagesTest {

    private static final byte[] NPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    @Test
    void aBareNpyFileTakesItsIdFromTheKeyAndTheRestFromHeaders() throws Exception {
        LensImage image = ImageMessages.decode(
                "img-1", NPY, Map.of("collection", "night-3", "label", "vortex", "other", "x"), ImageMessagesTest::npy);

        assertThat(image.getImageId()).isEqualTo("img-1");
        assertThat(image.getCollection()).isEqualTo("night-3");
        assertThat(image.getLabel()).isEqualTo("vortex");
        assertThat(image.getFormat()).isEqualTo(ImageFormat.NPY);
        assertThat(Envelope.bytesOf(image.getPixels())).isEqualTo(NPY);
    }

    @Test
    void withoutHeadersTheCollectionIsTheInbox() throws Exception {
        assertThat(ImageMessages.decode("img-1", NPY, Map.of(), ImageMessagesTest::npy)
                        .getCollection())
                .isEqualTo("inbox");
    }

    @Test
    void theFormatOfABareFileIsWhatIsSaidOfItsBytes() throws Exception {
        // Given
        byte[] file = {1, 2, 3};
        // When
        LensImage image = ImageMessages.decode("img-1", file, Map.of(), bytes -> Optional.of(ImageFormat.FITS));
        // Then
        assertThat(image.getFormat()).isEqualTo(ImageFormat.FITS);
    }

    @Test
    void anEnvelopedImageKeepsItsOwnId() throws Exception {
        LensImage sent = SampleMessages.lensImage();

        assertThat(ImageMessages.decode("another-key", Envelope.encode(sent), Map.of(), ImageMessagesTest::npy))
                .isEqualTo(sent);
    }

    @Test
    void unknownBytesAreRefused() {
        assertRefused("img-1", "hello".getBytes(StandardCharsets.UTF_8), RefusalCode.UNDECODABLE, "neither an Avro");
        assertRefused("img-1", null, RefusalCode.UNDECODABLE, "no value");
    }

    @Test
    void aBareFileWithoutKeyIsRefused() {
        assertRefused(null, NPY, RefusalCode.INVALID_PARAMETER, "imageId must be");
    }

    @Test
    void pixelsAndObjectKeyExcludeEachOther() {
        LensImage both = SampleMessages.lensImage();
        both.setObjectKey("images/a.npy");
        LensImage neither = SampleMessages.lensImage();
        neither.setPixels(null);

        assertRefused("k", Envelope.encode(both), RefusalCode.INVALID_PARAMETER, "Exactly one of pixels and objectKey");
        assertRefused("k", Envelope.encode(neither), RefusalCode.INVALID_PARAMETER, "Exactly one of");
    }

    @Test
    void anImageAboveTheLimitIsRefusedWithAWayOut() {
        LensImage large = SampleMessages.lensImage();
        large.setPixels(ByteBuffer.allocate(ImageMessages.MAX_PIXEL_BYTES + 1));

        assertRefused("k", Envelope.encode(large), RefusalCode.TOO_LARGE, "Put larger files into the object store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../secrets", "a..b", "/absolute", "with space", "line\nbreak", "näme"})
    void aCollectionNeedsAPlainName(String collection) {
        LensImage image = SampleMessages.lensImage();
        image.setCollection(collection);

        assertRefused("k", Envelope.encode(image), RefusalCode.INVALID_PARAMETER, "collection must be");
    }

    private static Optional<ImageFormat> npy(byte[] file) {
        return Arrays.equals(file, NPY) ? Optional.of(ImageFormat.NPY) : Optional.empty();
    }

    private static void assertRefused(String key, byte[] value, RefusalCode code, String reason) {
        assertThatThrownBy(() -> ImageMessages.decode(key, value, Map.of(), ImageMessagesTest::npy))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(reason);
    }

    @Test
    void aKeyThatIsNoUtf8IsRefusedByName() {
        // Given: what is made of the byte E9
        String key = "night-1/\udce9";

        // When / Then
        assertThatThrownBy(
                        () -> ImageMessages.decode(key, new byte[] {1}, Map.of(), file -> Optional.of(ImageFormat.NPY)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("The record key is no UTF-8; it is the id of a bare image file. Got 'night-1/<U+DCE9>'.");
    }
}
