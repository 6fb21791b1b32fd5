package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final CancelRequest REQUEST = new CancelRequest("1.0", "train-7", "superseded");

    @Test
    void aContainerWithDeflateIsRead() throws Exception {
        assertThat(Envelope.decode(container(CodecFactory.deflateCodec(6), 1), CancelRequest.class))
                .isEqualTo(REQUEST);
    }

    @Test
    void anotherCodecIsRefusedByName() throws Exception {
        byte[] message = container(CodecFactory.bzip2Codec(), 1);

        assertThatThrownBy(() -> Envelope.decode(message, CancelRequest.class))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("codec 'bzip2' is used; use null or deflate");
    }

    @Test
    void twoRecordsInOneMessageAreRefused() throws Exception {
        byte[] message = container(CodecFactory.nullCodec(), 2);

        assertThatThrownBy(() -> Envelope.decode(message, CancelRequest.class))
                .hasMessageContaining("holds 2 records, one is expected");
    }

    @Test
    void anotherRecordTypeIsRefusedByName() {
        byte[] message = Envelope.encode(REQUEST);

        assertThatThrownBy(() -> Envelope.decode(message, JobEvent.class))
                .hasMessage("The message is no JobEvent in an Avro object container: it holds a"
                        + " io.lensmill.contracts.CancelRequest.");
    }

    @Test
    void noValueIsRefused() {
        assertThatThrownBy(() -> Envelope.decode(null, CancelRequest.class)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> Envelope.decode(new byte[0], CancelRequest.class))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void aBlockThatClaimsTwoGigabytesIsRefusedWithoutReservingThem() {
        // Given: the container's last block is [count 1][length][body][sync]; its length is made a lie
        byte[] message = Envelope.encode(REQUEST);
        int bodyLength = 4 + 8 + 11;
        int lengthAt = message.length - 16 - bodyLength - 1;
        byte[] lie = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};
        byte[] hostile = Arrays.copyOf(message, lengthAt + lie.length);
        System.arraycopy(lie, 0, hostile, lengthAt, lie.length);

        // When
        Throwable refusal = catchThrowable(() -> Envelope.decode(hostile, CancelRequest.class));

        // Then
        assertThat(refusal).isInstanceOf(RefusedException.class).hasMessageContaining("2147483647 bytes is stated");
    }

    @Test
    void mutatedMessagesAreReadOrRefusedButNeverFailOtherwise() {
        // Given
        byte[] original = Envelope.encode(SampleMessages.lensImage());
        Random random = new Random(20261121);

        for (int i = 0; i < 20_000; i++) {
            // When
            byte[] mutant = mutate(original, random);
            Throwable thrown = catchThrowable(() -> Envelope.decode(mutant, LensImage.class));

            // Then
            assertThat(thrown == null || thrown instanceof RefusedException)
                    .as("mutant %d: %s", i, thrown)
                    .isTrue();
        }
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] mutant = random.nextInt(4) == 0
                ? Arrays.copyOf(original, random.nextInt(original.length) + 1)
                : original.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
        }
        return mutant;
    }

    private static byte[] container(CodecFactory codec, int records) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<CancelRequest> writer =
                new DataFileWriter<>(new SpecificDatumWriter<>(CancelRequest.class))) {
            writer.setCodec(codec).create(REQUEST.getSchema(), out);
            for (int i = 0; i < records; i++) {
                writer.append(REQUEST);
            }
        }
        return out.toByteArray();
    }
}
