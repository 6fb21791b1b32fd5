package io.lensmill.neural.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

    private static final String A = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                A + ",'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}|12"
                        + "|Tensors 'a' and 'b' share the bytes 4 to 8 of the data; each must have its own",
                A + ",'b':{'dtype':'F32','shape':[1],'data_offsets':[12,16]}|16"
                        + "|Before tensor 'b' lie 4 bytes that belong to no tensor",
                A + "|9|Behind the last tensor follow 1 bytes that belong to none",
                A + "|7|Tensor 'a' ends at byte 8 of the data, and the file has 7: it was cut",
                A + "," + A + "|8|stands twice in one object",
                "'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}|8"
                        + "|Tensor 'a' is F32 [3] of 12 bytes, and its data_offsets 0 to 8 are 8",
                "'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}|8|shape has -2; 0 to 2147483647 is allowed",
                "'a':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,8]}|8|more than 2147483647 numbers",
                "'a':{'dtype':'F32','shape':[0,65536,65536],'data_offsets':[0,0]}|0|more than 2147483647 numbers",
                "'a':{'dtype':'F32','shape':[18446744073709551618],'data_offsets':[0,8]}|8|has 18446744073709551618",
                "'a':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,2],'data_offsets':[0,8]}|8|more than 8 numbers",
                "'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}|8|data_offsets 8 to 0 are -8",
                "'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}|8|has 1 data_offsets; they must be 2",
                "'a':{'dtype':'f32','shape':[2],'data_offsets':[0,8]}|8|of the dtype 'f32', which safetensors does not",
                "'a':{'dtype':'F32','shape':[2]}|8|Tensor 'a' lacks data_offsets",
                "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'x':1}|8|has the field 'x'",
                "'__metadata__':{'a':1}|0|may hold texts alone; 'a' is none",
                "'a':5|0|'a' in the header of the safetensors file is no object",
            })
    void aBrokenRuleOfTheFormatIsNamed(String header, int dataBytes, String words) {
        byte[] file = file("{" + header.replace('\'', '"') + "}", dataBytes);

        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words);
    }

    @Test
    void tensorsMayStandInAnyOrderAndBeEmpty() throws Exception {
        // Given
        byte[] file = file(
                ("{'b':{'dtype':'F32','shape':[1],'data_offsets':[8,12]},"
                                + "'empty':{'dtype':'F32','shape':[0,3],'data_offsets':[8,8]}," + A + "}  ")
                        .replace('\'', '"'),
                12);

        // When
        SafetensorsFile opened = SafetensorsFile.open(file);

        // Then
        assertThat(opened.tensors()).containsOnlyKeys("b", "empty", "a");
        assertThat(opened.values(opened.tensors().get("empty"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "F16, 3C00 C000 7BFF 0001 83FF 7C00, 1 -2 65504 5.9604645E-8 -6.097555E-5 Infinity",
        "BF16, 3F80 C000 7F80 0001, 1 -2 Infinity 9.18355E-41",
        "F32, 3F800000 C0000000, 1 -2",
        "F64, 3FF0000000000000 7FE0000000000000 3FB999999999999A, 1 Infinity 0.1",
    })
    void everyTypeWithAFractionIsReadAsFloat32(String type, String bits, String numbers) throws Exception {
        // Given
        String[] words = bits.split(" ", -1);
        int width = words[0].length() / 2;
        ByteBuffer data = ByteBuffer.allocate(words.length * width).order(ByteOrder.LITTLE_ENDIAN);
        for (String word : words) {
            long value = Long.parseUnsignedLong(word, 16);
            for (int i = 0; i < width; i++) {
                data.put((byte) (value >>> (8 * i)));
            }
        }
        String header = ("{'a':{'dtype':'" + type + "','shape':[" + words.length + "],'data_offsets':[0,"
                        + data.capacity() + "]}}")
                .replace('\'', '"');

        // When
        SafetensorsFile file = SafetensorsFile.open(file(header, data.array()));

        // Then
        String[] expected = numbers.split(" ", -1);
        float[] values = file.values(file.tensors().get("a"));
        assertThat(values).hasSize(expected.length);
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isEqualTo(Float.parseFloat(expected[i]));
        }
    }

    @Test
    void filesOfOtherKindsAreCalledByTheirName() throws Exception {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("archive/data.pkl"));
            out.write(new byte[100]);
        }
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(new byte[100]);
        }
        refused(zip.toByteArray(), "a PyTorch checkpoint, as torch.save writes it", "safetensors.torch.save_file");
        refused(latin("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.\u0080"), "pickle", "save_file");
        refused(gzip.toByteArray(), "gzip", "unpack it");
        refused(latin("\u0089HDF\r\n\u001a\n" + "\0".repeat(90)), "HDF5, as Keras writes it");
        refused(latin("\u0008\u0007\u0012\u0007pytorch\u001a\u00051.9.0"), "an ONNX model");
        refused(latin("version https://git-lfs.github.com/spec/v1\noid"), "git lfs pull");
        refused(latin("<!DOCTYPE html><html>"), "a web page");
        refused(
                latin("{\"weight_map\": {\"fc.weight\": \"model-1.safetensors\"}}"),
                "index of a model in several parts");
        refused(new byte[0], "it is empty");
        refused(new byte[] {1, 2, 3}, "it ends after 3 bytes: it was cut");
        refused(latin("no weights at all"), "say that the header has 7523097587056930670 bytes");
        refused(Arrays.copyOf(file("{}" + " ".repeat(100), 0), 50), "should have 102 bytes, and only 42 follow");
    }

    @Test
    void manyTensorsOverTheSameBytesAreNotRead() {
        // Given
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 200; i++) {
            header.append(i == 0 ? "" : ",").append(A.replace("'a'", "'t" + i + "'"));
        }
        byte[] file = file(header.append('}').toString().replace('\'', '"'), 8);

        // When / Then
        refused(file, "Tensors 't0' and 't1' share the bytes 0 to 8");
    }

    private static void refused(byte[] file, String... words) {
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(IOException.class)
                .message()
                .contains(words);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] file(String header, int dataBytes) {
        return file(header, new byte[dataBytes]);
    }

    private static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data)
                .array();
    }
}
