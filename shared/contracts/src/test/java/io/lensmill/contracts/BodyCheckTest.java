package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that lie: each is refused at once, with the field's name, and without the memory that it claims. */
@Timeout(10)
class BodyCheckTest {

    private static final String CANCEL_BEGINS =
            "{\"type\":\"record\",\"name\":\"CancelRequest\",\"namespace\":\"io.lensmill.contracts\",\"fields\":["
                    + "{\"name\":\"schemaVersion\",\"type\":\"string\"},{\"name\":\"jobId\",\"type\":\"string\"},"
                    + "{\"name\":\"reason\",\"type\":\"string\"}";

    /** Writes a body by hand. */
    @FunctionalInterface
    private interface Body {
        void write(BinaryEncoder out) throws IOException;
    }

    @Test
    void aTextThatClaimsTwoGigabytesIsRefused() throws Exception {
        byte[] message = cancel("", out -> {
            out.writeString("1.0");
            out.writeLong(Integer.MAX_VALUE - 15);
        });

        assertThat(refusal(message).getMessage())
                .contains("jobId states a length of 2147483632 bytes where 0 are left");
    }

    @Test
    void aNegativeLengthIsRefused() throws Exception {
        byte[] message = cancel("", out -> {
            out.writeString("1.0");
            out.writeLong(-3);
        });

        assertThat(refusal(message).getMessage()).contains("jobId states a length of -3 bytes");
    }

    @Test
    void itemsThatTakeNoBytesAreRefusedInEveryDisguise() throws Exception {
        String[] items = {
            "\"null\"",
            "{\"type\":\"fixed\",\"name\":\"F\",\"size\":0}",
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}",
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"n\",\"type\":\"null\"}]}"
        };
        for (String item : items) {
            // Given
            byte[] message = cancel(field("extra", "{\"type\":\"array\",\"items\":" + item + "}"), out -> {
                honest(out);
                out.writeLong(1L << 40);
            });

            // When / Then
            assertThat(refusal(message).getMessage()).as(item).contains("an array of items that take no bytes");
        }
    }

    @Test
    void aSchemaThatDoublesAtEachLevelIsRefused() throws Exception {
        // Given: thirty records, each with the one before twice, and not a byte of data in any of them
        StringBuilder fields = new StringBuilder(
                field("r0", "{\"type\":\"record\",\"name\":\"R0\",\"fields\":[{\"name\":\"n\",\"type\":\"null\"}]}"));
        for (int i = 1; i < 30; i++) {
            String before = "\"R" + (i - 1) + "\"";
            fields.append(field(
                    "r" + i,
                    "{\"type\":\"record\",\"name\":\"R" + i + "\",\"fields\":[{\"name\":\"a\",\"type\":" + before
                            + "},{\"name\":\"b\",\"type\":" + before + "}]}"));
        }
        byte[] message = cancel(fields.toString(), BodyCheckTest::honest);

        // When / Then
        assertThat(refusal(message).getMessage()).contains("stands for more than 4096 fields");
    }

    @Test
    void valuesInsideEachOtherWithoutEndAreRefused() throws Exception {
        // Given: a list whose elements hold the rest of the list, ten thousand deep
        String list = "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"rest\",\"type\":[\"null\",\"L\"]}]}";
        byte[] message = cancel(field("extra", list), out -> {
            honest(out);
            for (int i = 0; i < 10_000; i++) {
                out.writeInt(1);
            }
            out.writeInt(0);
        });

        // When / Then
        assertThat(refusal(message).getMessage()).contains("nested more than 64 deep");
    }

    @Test
    void aNestedSchemaTextIsRefusedBeforeItIsParsed() throws Exception {
        String deep = "{\"type\":\"array\",\"items\":".repeat(5_000) + "\"int\"" + "}".repeat(5_000);

        assertThat(refusal(cancel(field("extra", deep), BodyCheckTest::honest)).getMessage())
                .contains("nested more than 32 deep");
    }

    @Test
    void anArrayBlockWhoseLengthIsALieIsRefused() throws Exception {
        byte[] message = cancel(field("extra", "{\"type\":\"array\",\"items\":\"string\"}"), out -> {
            honest(out);
            out.writeLong(-1);
            out.writeLong(1);
            out.writeString("four");
            out.writeLong(0);
        });

        assertThat(refusal(message).getMessage()).contains("extra states a length of its items that they do not have");
    }

    @Test
    void moreItemsThanAnyMessageNeedsAreTooLarge() throws Exception {
        byte[] message = cancel(field("extra", "{\"type\":\"array\",\"items\":\"boolean\"}"), out -> {
            honest(out);
            out.writeLong(300_000);
            out.writeFixed(new byte[300_000]);
            out.writeLong(0);
        });

        RefusedException refusal = refusal(message);

        assertThat(refusal.code()).isEqualTo(RefusalCode.TOO_LARGE);
        assertThat(refusal).hasMessageContaining("more than 262144 items").hasMessageContaining("extra");
    }

    @Test
    void aForeignFieldWithinItsBoundsIsPassedOver() throws Exception {
        byte[] message = cancel(
                field("extra", "{\"type\":\"map\",\"values\":{\"type\":\"array\",\"items\":\"double\"}}"), out -> {
                    honest(out);
                    out.writeLong(1);
                    out.writeString("fluxes");
                    out.writeLong(2);
                    out.writeDouble(1);
                    out.writeDouble(2);
                    out.writeLong(0);
                    out.writeLong(0);
                });

        assertThat(Envelope.decode(message, CancelRequest.class))
                .isEqualTo(new CancelRequest("1.0", "train-7", "superseded"));
    }

    @Test
    void textThatIsNoUtf8IsRefusedWithItsField() throws Exception {
        byte[] message = cancel("", out -> {
            out.writeString("1.0");
            out.writeBytes("café".getBytes(StandardCharsets.ISO_8859_1));
            out.writeString("why");
        });

        assertThat(refusal(message).getMessage()).contains("jobId is no UTF-8");
    }

    @Test
    void anUnknownSymbolIsRefusedWithTheFieldAndTheSymbolsThereAre() throws Exception {
        // Given: a sender whose schema has a sampler more than ours
        String schema = GenerationRequest.getClassSchema()
                .toString()
                .replace("\"DPM_SOLVER_PP\"", "\"DPM_SOLVER_PP\",\"EULER\"");
        byte[] message = container(schema, out -> {
            out.writeString("1.6");
            out.writeString("gen-1");
        });
        assertThat(Envelope.find(message, "jobId")).contains("gen-1");

        // When
        byte[] simulated = imageOfRole("SIMULATED");

        // Then
        assertThatThrownBy(() -> Envelope.decode(simulated, LensImage.class))
                .isInstanceOf(RefusedException.class)
                .hasMessage("role must be one of REAL, GENERATED; got 'SIMULATED'.");
    }

    @Test
    void anotherTypeIsRefusedWithItsField() throws Exception {
        byte[] message = container(
                CANCEL_BEGINS.replace("\"jobId\",\"type\":\"string\"", "\"jobId\",\"type\":\"int\"") + "]}", out -> {
                    out.writeString("1.0");
                    out.writeInt(7);
                    out.writeString("why");
                });

        assertThat(refusal(message).getMessage()).contains("jobId is an int where a string is expected");
        assertThat(Envelope.find(message, "jobId")).isEmpty();
    }

    @Test
    void whatIsNoContainerIsSaidInWords() {
        assertThat(refusal(null).getMessage()).contains("it has no value (a tombstone)");
        assertThat(refusal(new byte[0]).getMessage()).contains("it is empty");
        assertThat(refusal("{\"jobId\": \"a\"}".getBytes(StandardCharsets.UTF_8))
                        .getMessage())
                .contains("it is JSON text; it begins with '{\"jobId\": \"a', not with 'Obj\\x01'");
        byte[] whole = Envelope.encode(new CancelRequest("1.0", "a", ""));
        assertThat(refusal(Arrays.copyOf(whole, whole.length - 16 - 9)).getMessage())
                .contains("the container holds no record");
    }

    /** A message of a sender that knows a role more than we do. */
    private static byte[] imageOfRole(String symbol) throws IOException {
        Schema schema = new Schema.Parser()
                .parse(LensImage.getClassSchema()
                        .toString()
                        .replace("[\"REAL\",\"GENERATED\"]", "[\"REAL\",\"GENERATED\",\"" + symbol + "\"]"));
        GenericRecord image = new GenericData.Record(schema);
        schema.getFields().forEach(field -> {
            Object value = SampleMessages.lensImage().get(field.name());
            Schema type = field.schema();
            image.put(field.name(), value instanceof Enum<?> ? new GenericData.EnumSymbol(type, value) : value);
        });
        image.put("role", new GenericData.EnumSymbol(schema.getField("role").schema(), symbol));
        return container(schema.toString(), out -> new GenericDatumWriter<GenericRecord>(schema).write(image, out));
    }

    private static void honest(BinaryEncoder out) throws IOException {
        out.writeString("1.0");
        out.writeString("train-7");
        out.writeString("superseded");
    }

    private static String field(String name, String type) {
        return ",{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }

    private static byte[] cancel(String furtherFields, Body body) throws IOException {
        return container(CANCEL_BEGINS + furtherFields + "]}", body);
    }

    private static byte[] container(String schema, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        body.write(out);
        out.flush();
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        BinaryEncoder head = EncoderFactory.get().directBinaryEncoder(block, null);
        head.writeLong(1);
        head.writeLong(bytes.size());
        head.writeFixed(bytes.toByteArray());
        return container(schema, block.toByteArray());
    }

    private static byte[] container(String schema, byte[] block) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        out.writeFixed(new byte[] {'O', 'b', 'j', 1});
        out.writeLong(1);
        out.writeString("avro.schema");
        out.writeBytes(schema.getBytes(StandardCharsets.UTF_8));
        out.writeLong(0);
        out.writeFixed(new byte[16]);
        out.writeFixed(block);
        out.writeFixed(new byte[16]);
        out.flush();
        return bytes.toByteArray();
    }

    private static RefusedException refusal(byte[] message) {
        return catchThrowableOfType(RefusedException.class, () -> Envelope.decode(message, CancelRequest.class));
    }
}
