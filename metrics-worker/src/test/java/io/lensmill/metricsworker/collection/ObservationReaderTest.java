package io.lensmill.metricsworker.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Foreignness;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.metricsworker.Classifications;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationReaderTest {

    private final ObservationReader reader = new ObservationReader(64);

    @Test
    void readsWhatTheMetricsNeed() throws RefusedException {
        // Given
        byte[] message = Envelope.encode(
                Classifications.generated("m-1", "made/a", "real/b", 1).get(0));
        // When
        Observation observation = reader.read(message);
        // Then
        assertThat(observation.key()).isEqualTo(new CollectionKey("m-1", "made/a"));
        assertThat(observation.imageId()).isEqualTo("made/a/0");
        assertThat(observation.generated()).isTrue();
        assertThat(observation.reference()).isEqualTo("real/b");
        assertThat(observation.label()).isEmpty();
        assertThat(observation.extractor()).isEqualTo(new Extractor("m-1:weights:minmax-v1", 64));
        assertThat(observation.embedding()).hasSize(64);
        assertThat(Observation.fromBytes(observation.toBytes()))
                .usingRecursiveComparison()
                .isEqualTo(observation);
    }

    @Test
    void readsHowForeignTheImageIs() throws RefusedException {
        // Given
        Classification message =
                Classifications.generated("m-1", "made/a", "real/b", 1).get(0);
        message.setForeignness(new Foreignness(12.0, 0.99, true, 0.05));

        // When
        Observation observation = reader.read(Envelope.encode(message));

        // Then
        assertThat(observation.foreignness()).contains(new Observation.Foreignness(true, 0.05));
        assertThat(Observation.fromBytes(observation.toBytes()).foreignness())
                .contains(new Observation.Foreignness(true, 0.05));
    }

    @Test
    void readsTheStateOfBeforeThereWasForeignness() {
        // Given: of version 2, as it was written before
        byte[] state = HexFormat.of()
                .parseHex("02036d2d31087375727665792f610a7375727665792f612f3000067265616c2f6206737068657265"
                        + "156d2d313a776569676874733a6d696e6d61782d76310103026e6f0673706865726504766f727403"
                        + "3e8000003f0000003e80000006737068657265023f000000bfa00000a080b101");

        // When
        Observation observation = Observation.fromBytes(state);

        // Then
        assertThat(observation.imageId()).isEqualTo("survey/a/0");
        assertThat(observation.slice()).isEqualTo(2_900_000);
        assertThat(observation.foreignness()).isEmpty();
    }

    @Test
    void tellsWhatIsWrong() {
        assertRefused(
                m -> m.setForeignness(new Foreignness(1.0, 1.0, true, 0.0)),
                RefusalCode.INVALID_PARAMETER,
                "falseAlarmRate");
        assertRefused(m -> m.setModelId("../x"), RefusalCode.INVALID_PARAMETER, "modelId");
        assertRefused(m -> m.setCollection("a\nb"), RefusalCode.INVALID_PARAMETER, "collection");
        assertRefused(m -> m.setReference(""), RefusalCode.INVALID_PARAMETER, "reference");
        assertRefused(m -> m.setImageId("a\u0000b"), RefusalCode.INVALID_PARAMETER, "imageId");
        assertRefused(m -> m.setLabel(""), RefusalCode.INVALID_PARAMETER, "label");
        assertRefused(m -> m.setPredictedClass("galaxy"), RefusalCode.INVALID_PARAMETER, "[no, sphere, vort]");
        assertRefused(m -> m.setScores(List.of()), RefusalCode.INVALID_PARAMETER, "got 0");
        assertRefused(m -> m.getScores().get(0).setProbability(Float.NaN), RefusalCode.INVALID_PARAMETER, "NaN");
        assertRefused(
                m -> {
                    m.setScores(List.of(new ClassScore("no", 0.5f)));
                    m.setPredictedClass("no");
                },
                RefusalCode.INVALID_PARAMETER,
                "sum to 1; got 0.5");
        assertRefused(m -> m.setEmbeddingSize(65), RefusalCode.WRONG_SHAPE, "1 to 64; got 256 bytes");
        assertRefused(m -> m.setEmbedding(ByteBuffer.allocate(3)), RefusalCode.WRONG_SHAPE, "got 3 bytes");
        assertRefused(
                m -> m.setEmbedding(Classifications.bytes(notFinite())), RefusalCode.NOT_FINITE, "value 7 is Infinity");
    }

    private void assertRefused(Consumer<Classification> fault, RefusalCode code, String message) {
        Classification classification = Classifications.real("m", "c", 1).get(0);
        fault.accept(classification);
        assertThatThrownBy(() -> reader.read(Envelope.encode(classification)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private static float[] notFinite() {
        float[] embedding = new float[64];
        embedding[7] = Float.POSITIVE_INFINITY;
        return embedding;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no container", "Obj\u0001", "Obj\u0001garbage after the magic"})
    void otherBytesAreUndecodable(String bytes) {
        assertThatThrownBy(() -> reader.read(bytes.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.UNDECODABLE));
    }

    @Test
    void noValueIsUndecodable() {
        assertThatThrownBy(() -> reader.read(null)).isInstanceOf(RefusedException.class);
    }
}
