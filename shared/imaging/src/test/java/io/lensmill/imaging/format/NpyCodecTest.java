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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
                Arguments.of("|b1", 1, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.put((byte) (v == 0 ? 0 : 1))),
                Arguments.of("|i1", 1, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.put((byte) (v % 100))),
                Arguments.of(">u4", 4, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.putInt(v)),
                Arguments.of(">u8", 8, (BiConsumer<ByteBuffer, Integer>) (b, v) -> b.putLong(v)),
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
        float[] expected =
                switch (descriptor) {
                    case "|b1" -> new float[] {0, 1, 1, 1};
                    case "|i1" -> new float[] {0, 7, 0, 31};
                    default -> new float[] {0, 7, 200, 31};
                };
        assertThat(image.pixels()).containsExactly(expected);
    }

    /** IEEE 754 binary16: 1, -2, the largest, the least above 0, 1/3 and infinity. */
    @Test
    void readsFloat16Exactly() throws Exception {
        // Given
        ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits : new int[] {0x3c00, 0xc000, 0x7bff, 0x0001, 0x3555, 0x7c00}) {
            data.putShort((short) bits);
        }
        // When
        double[] values = NpyCodec.decodeNumbers(file(1, "<f2", "False", "(6,)", data.array()))
                .values();
        // Then
        assertThat(values).containsExactly(1, -2, 65_504, 0x1p-24, 0.333251953125, Double.POSITIVE_INFINITY);
        assertThat(NpyCodec.decode(file(1, "<f2", "False", "(1, 5)", Arrays.copyOf(data.array(), 10)))
                        .pixels())
                .containsExactly(1, -2, 65_504, 0x1p-24f, 1365 / 4096f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "python 2#'descr': '<f4', 'fortran_order': False, 'shape': (1L, 2L), ",
                "quotes#\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (1, 2)",
                "order#'shape': (1, 2,), 'fortran_order': False, 'descr': '<f4'",
                "space#  'descr'  :\t'<f4' ,'fortran_order':False,'shape':( 1 ,2 ) , ",
                "unicode#u'descr': u'<f4', u'fortran_order': False, u'shape': (1, 2L)",
                "native#'descr': '=f4', 'fortran_order': False, 'shape': (1, 2)",
                "bare#'descr': 'f4', 'fortran_order': False, 'shape': (1, 2)"
            })
    void readsTheHeadersThatNumpyReads(String kind, String entries) throws Exception {
        // Given
        ByteBuffer data = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(3)
                .putFloat(-4);
        // When
        FloatImage image = NpyCodec.decode(withHeader("{" + entries + "}\n", data.array()));
        // Then
        assertThat(image.pixels()).as(kind).containsExactly(3, -4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'descr': '<f4', 'fortran_order': False}#it has [descr, fortran_order]",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (1, 2)}#fortran_order must be True or False; it has '0'",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), 'more': 'x'}#it has 'more' beside",
                "{'descr': '<f4', 'descr': '<f4', 'shape': (1, 2)}#it has 'descr' twice",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)} x#it has 'x' behind its end",
                "{'descr': '<f4, 'fortran_order': False, 'shape': (1, 2)}#it has 'f' where '}' belongs",
                "['descr']#it has '[' where '{' belongs"
            })
    void aHeaderThatIsNoneIsRefusedSayingWhatIsOdd(String header, String message) {
        // When / Then
        assertRefused(withHeader(header, new byte[8]), Reason.UNDECODABLE, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'|O'#pickled Python objects, which are not read; save the image alone: np.save(f, a[0])",
                "'<c16'#complex numbers",
                "'<M8[ns]'#dates",
                "'<m8[s]'#spans of time",
                "'<U5'#text",
                "'|S5'#text in bytes",
                "'|V8'#structured array",
                "[('a', '<f4')]#structured array",
                "'<f16'#floating point of a width that is not read",
                "'<x4'#unknown type"
            })
    void otherElementsAreRefusedSayingWhatTheyAre(String type, String message) {
        // Given objects come in an array that is no image by its shape either
        byte[] file = withHeader("{'descr': " + type + ", 'fortran_order': False, 'shape': (2,)}", new byte[16]);
        // When / Then
        assertRefused(file, Reason.WRONG_SHAPE, message);
        assertThatThrownBy(() -> NpyCodec.decodeNumbers(file)).hasMessageContaining(message);
    }

    @Test
    void anArchiveIsNamedWhereAnArrayIsRead() throws Exception {
        // Given
        byte[] archive = NpzCodecTest.zip(Map.of("a.npy", file(1, "|u1", "False", "(1, 1)", new byte[1])));
        // When / Then
        assertThatThrownBy(() -> NpyCodec.decodeNumbers(archive)).hasMessageContaining(".npz archive");
    }

    static Stream<Arguments> integersBeyondFloat32() {
        return Stream.of(
                Arguments.of("<i4", 4, new long[] {2_000_000_001, 2_000_000_004}, new float[] {0, 3}),
                Arguments.of("<u4", 4, new long[] {4_294_967_290L, 4_294_967_295L}, new float[] {0, 5}),
                Arguments.of(">i8", 8, new long[] {(1L << 60) + 1, 1L << 60}, new float[] {1, 0}),
                Arguments.of("<i8", 8, new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 7}, new float[] {0, 7}),
                Arguments.of("<u8", 8, new long[] {-1, -3}, new float[] {2, 0}),
                Arguments.of("<i8", 8, new long[] {-(1 << 24) - 1, 0}, new float[] {0, 16_777_216}),
                // Exact in float32: nothing is taken off.
                Arguments.of("<i4", 4, new long[] {1 << 30, 16_777_215}, new float[] {1 << 30, 16_777_215}),
                Arguments.of("<u8", 8, new long[] {Long.MIN_VALUE, 5}, new float[] {0x1p63f, 5}));
    }

    @ParameterizedTest
    @MethodSource("integersBeyondFloat32")
    void offsetsAreTakenOffWhereFloat32WouldLoseIntegersAndOnlyThere(
            String type, int bytes, long[] values, float[] expected) throws Exception {
        // Given
        ByteBuffer data = ByteBuffer.allocate(values.length * bytes)
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            if (bytes == 4) {
                data.putInt((int) value);
            } else {
                data.putLong(value);
            }
        }
        // When
        FloatImage image = NpyCodec.decode(file(1, type, "False", "(1, 2)", data.array()));
        // Then
        assertThat(image.pixels()).containsExactly(expected);
    }

    @Test
    void wholeNumbersInFloat64AreIntegersAndFractionsAreNot() throws Exception {
        // Given
        ByteBuffer whole = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        whole.putDouble(1e12 + 1).putDouble(1e12).putDouble(1e12 + 3);
        ByteBuffer fractions = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        fractions.putDouble(1e12 + 1).putDouble(0.5).putDouble(1e12 + 3);
        // When / Then
        assertThat(NpyCodec.decode(file(1, "<f8", "False", "(1, 3)", whole.array()))
                        .pixels())
                .containsExactly(1, 0, 3);
        assertThat(NpyCodec.decode(file(1, "<f8", "False", "(1, 3)", fractions.array()))
                        .pixels())
                .containsExactly(1e12f, 0.5f, 1e12f);
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
                "<c8;False;(2, 3);48;WRONG_SHAPE;complex",
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

    private static byte[] withHeader(String header, byte[] data) {
        return ByteBuffer.allocate(10 + header.length() + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
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
