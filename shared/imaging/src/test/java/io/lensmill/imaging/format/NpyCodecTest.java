package io.lensmill.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageFormatException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyCodecTest {

    @Test
    void readsBackWhatItWrites() throws Exception {
        // Given
        FloatImage image = new FloatImage(2, 3, new float[] {0, 1, -2.5f, 3e-30f, 1e30f, 0.1f});
        // When
        FloatImage read = NpyCodec.decode(NpyCodec.encode(image));
        // Then
        assertThat(read.height()).isEqualTo(2);
        assertThat(read.width()).isEqualTo(3);
        assertThat(read.pixels()).containsExactly(image.pixels());
    }

    @Test
    void readsBackABatch() throws Exception {
        // Given
        List<FloatImage> images =
                List.of(new FloatImage(1, 2, new float[] {1, 2}), new FloatImage(1, 2, new float[] {3, 4}));
        // When
        List<FloatImage> read = NpyCodec.decodeBatch(NpyCodec.encodeBatch(images));
        // Then
        assertThat(read).hasSize(2);
        assertThat(read.get(1).pixels()).containsExactly(3, 4);
    }

    static Stream<Arguments> numberTypes() {
        return Stream.of(
                Arguments.of("<f4", 4, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.putFloat(v)),
                Arguments.of(">f4", 4, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.putFloat(v)),
                Arguments.of("<f8", 8, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.putDouble(v)),
                Arguments.of(">f8", 8, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.putDouble(v)),
                Arguments.of("|u1", 1, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.put(v.byteValue())),
                Arguments.of("<u2", 2, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.putShort(v.shortValue())),
                Arguments.of("<i2", 2, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.putShort(v.shortValue())),
                Arguments.of("<i4", 4, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.putInt(v)),
                Arguments.of("<i8", 8, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.putLong(v)));
    }

    @ParameterizedTest
    @MethodSource("numberTypes")
    void readsEveryNumberType(String descriptor, int bytes, BiConsumer<ByteBuffer, Integer> writer) throws Exception {
        // Given
        ByteBuffer data = ByteBuffer.allocate(4 * bytes)
                .order(descriptor.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int value : new int[] {0, 7, 200, 31}) {
            writer.accept(data, value);
        }
        // When
        FloatImage image = NpyCodec.decode(file(1, descriptor, "False", "(2, 2)", data.array()));
        // Then
        assertThat(image.pixels()).containsExactly(0, 7, 200, 31);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "False|(2, 3)|0 1 2 3 4 5",
                "False|(1, 2, 3)|0 1 2 3 4 5",
                "False|(2, 3, 1)|0 1 2 3 4 5",
                "True|(2, 3)|0 2 4 1 3 5",
                "True|(1, 2, 3)|0 2 4 1 3 5",
                "True|(2, 3, 1)|0 2 4 1 3 5"
            })
    void readsBothOrdersAndAllShapes(String fortran, String shape, String expected) throws Exception {
        // Given
        byte[] file = file(1, "|u1", fortran, shape, new byte[] {0, 1, 2, 3, 4, 5});
        // When
        FloatImage image = NpyCodec.decode(file);
        // Then
        assertThat(image.height()).isEqualTo(2);
        assertThat(image.width()).isEqualTo(3);
        String[] values = expected.split(" ", -1);
        for (int i = 0; i < values.length; i++) {
            assertThat(image.pixels()[i]).isEqualTo(Float.parseFloat(values[i]));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEveryVersion(int version) throws Exception {
        // Given
        byte[] file = file(version, "|u1", "False", "(1, 2)", new byte[] {8, 9});
        // When
        FloatImage image = NpyCodec.decode(file);
        // Then
        assertThat(image.pixels()).containsExactly(8, 9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "|u1;False;(2, 3);5;UNDECODABLE;cut off",
                "|u1;False;(2, 3);7;UNDECODABLE;more than its header says",
                "|O;False;(2, 3);6;WRONG_SHAPE;pickled",
                "<c8;False;(2, 3);48;WRONG_SHAPE;element type",
                "|u1;False;(3, 2, 3);18;WRONG_SHAPE;[h,w]",
                "|u1;False;(6,);6;WRONG_SHAPE;[h,w]",
                "|u1;False;(0, 3);0;WRONG_SHAPE;no pixels",
                "|u1;False;(9999999999, 3);6;TOO_LARGE;per side",
                "|u1;False;(2, -3);6;UNDECODABLE;malformed",
                "|u1;Maybe;(2, 3);6;UNDECODABLE;malformed",
                "<f8;False;(4096, 4096);6;UNDECODABLE;cut off"
            })
    void refusesWithAReason(String descriptor, String fortran, String shape, int bytes, Reason reason, String message) {
        // Given
        byte[] file = file(1, descriptor, fortran, shape, new byte[bytes]);
        // When / Then
        assertRefused(file, reason, message);
    }

    @Test
    void readsNumbersOfAnyShapeInFullPrecision() throws Exception {
        // Given
        ByteBuffer real = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        real.putDouble(0.1).putDouble(Double.NaN).putDouble(1e300);
        ByteBuffer whole = ByteBuffer.allocate(16).order(ByteOrder.BIG_ENDIAN);
        whole.putLong((1L << 53) - 1).putLong(-1);
        // When
        NpyArray reals = NpyCodec.decodeNumbers(file(1, "<f8", "False", "(3,)", real.array()));
        NpyArray labels = NpyCodec.decodeNumbers(file(1, ">i8", "False", "(2, 1)", whole.array()));
        NpyArray scalar = NpyCodec.decodeNumbers(file(1, "|u1", "False", "()", new byte[] {7}));
        NpyArray none = NpyCodec.decodeNumbers(file(1, "<f4", "False", "(0, 64)", new byte[0]));
        // Then
        assertThat(reals.values()).containsExactly(0.1, Double.NaN, 1e300);
        assertThat(reals.wholeNumbers()).isFalse();
        assertThat(labels.shape()).containsExactly(2, 1);
        assertThat(labels.values()).containsExactly(9007199254740991.0, -1);
        assertThat(labels.wholeNumbers()).isTrue();
        assertThat(scalar.shape()).isEmpty();
        assertThat(scalar.values()).containsExactly(7);
        assertThat(none.shape()).containsExactly(0, 64);
        assertThat(none.values()).isEmpty();
    }

    @Test
    void readsNumbersInFortranOrder() throws Exception {
        // Given: numpy.arange(24).reshape(2, 3, 4).tobytes(order="F"), where element [i,j,k] is 12 i + 4 j + k
        byte[] data = new byte[24];
        for (int k = 0, at = 0; k < 4; k++) {
            for (int j = 0; j < 3; j++) {
                for (int i = 0; i < 2; i++, at++) {
                    data[at] = (byte) (12 * i + 4 * j + k);
                }
            }
        }
        // When
        NpyArray array = NpyCodec.decodeNumbers(file(1, "|u1", "True", "(2, 3, 4)", data));
        // Then
        for (int i = 0; i < 24; i++) {
            assertThat(array.values()[i]).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<f4;(3, 2);20;UNDECODABLE;cut off",
                "|O;(3,);3;WRONG_SHAPE;pickled",
                "|u1;(99999, 99999, 99999);3;TOO_LARGE;elements",
                "|u1;(0, 9999999999);0;TOO_LARGE;elements"
            })
    void refusesWhatIsNoArrayOfNumbers(String descriptor, String shape, int bytes, Reason reason, String message) {
        // Given
        byte[] file = file(1, descriptor, "False", shape, new byte[bytes]);
        // When / Then
        assertThatThrownBy(() -> NpyCodec.decodeNumbers(file))
                .hasMessageContaining(message)
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(reason);
    }

    @Test
    void refusesNotFiniteValuesAndThoseBeyondFloat32() {
        // Given
        byte[] nan = file(1, "<f4", "False", "(1, 1)", new byte[] {0, 0, (byte) 0xc0, 0x7f});
        ByteBuffer huge = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(1e300);
        // When / Then
        assertRefused(nan, Reason.NOT_FINITE, "1 of 1 pixels");
        assertRefused(file(1, "<f8", "False", "(1, 1)", huge.array()), Reason.NOT_FINITE, "row 0, column 0");
    }

    private static void assertRefused(byte[] file, Reason reason, String message) {
        assertThatThrownBy(() -> NpyCodec.decode(file))
                .hasMessageContaining(message)
                .asInstanceOf(type(ImageFormatException.class))
                .extracting(ImageFormatException::reason)
                .isEqualTo(reason);
    }

    static byte[] file(int version, String descriptor, String fortran, String shape, byte[] data) {
        String header = "{'descr': '" + descriptor + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
        int prefix = version == 1 ? 10 : 12;
        ByteBuffer file = ByteBuffer.allocate(prefix + header.length() + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        if (version == 1) {
            file.putShort((short) header.length());
        } else {
            file.putInt(header.length());
        }
        return file.put(header.getBytes(StandardCharsets.US_ASCII)).put(data).array();
    }
}
