package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.classifier.foreign.ForeignDetector;
import io.lensmill.classifier.foreign.ForeignDetectors;
import io.lensmill.classifier.foreign.Looks;
import io.lensmill.classifier.scoring.ClassificationFactory.Subject;
import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Foreignness;
import io.lensmill.contracts.ImageRole;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassificationFactoryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final ModelIdentity MODEL =
            ModelIdentity.of("m-1", "0123456789abcdef0123456789", "minmax-v1", 64, true, List.of("no", "sphere"));

    private final ClassificationFactory factory = new ClassificationFactory(Clock.fixed(NOW, ZoneOffset.UTC));
    private final Subject subject =
            new Subject("img-1", "night-3", ImageRole.REAL, "reference", "sphere", Map.of("ra", "10.5"));

    @Test
    void everythingOfTheImageAndTheModelIsInTheResult() throws Exception {
        // When
        Classification result =
                factory.make(subject, score(new float[] {0.25f, 0.75f}, new float[] {1, -2}), MODEL, Optional.empty());

        // Then
        assertThat(result.getImageId()).isEqualTo("img-1");
        assertThat(result.getCollection()).isEqualTo("night-3");
        assertThat(result.getReference()).isEqualTo("reference");
        assertThat(result.getLabel()).isEqualTo("sphere");
        assertThat(result.getAttributes()).containsExactly(Map.entry("ra", "10.5"));
        assertThat(result.getScores()).containsExactly(new ClassScore("no", 0.25f), new ClassScore("sphere", 0.75f));
        assertThat(result.getPredictedClass()).isEqualTo("sphere");
        assertThat(result.getExtractorId()).isEqualTo("m-1:0123456789abcdef:minmax-v1@64");
        assertThat(result.getClassifiedAt()).isEqualTo(NOW);
        assertThat(Envelope.decode(Envelope.encode(result), Classification.class))
                .isEqualTo(result);
    }

    @Test
    void theEmbeddingIsLittleEndianFloat32() {
        // When
        Classification result =
                factory.make(subject, score(new float[] {1f, 0f}, new float[] {1.5f, -2f}), MODEL, Optional.empty());

        // Then
        ByteBuffer embedding = result.getEmbedding().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        assertThat(result.getEmbeddingSize()).isEqualTo(2);
        assertThat(embedding.remaining()).isEqualTo(8);
        assertThat(embedding.getFloat()).isEqualTo(1.5f);
        assertThat(embedding.getFloat()).isEqualTo(-2f);
    }

    @Test
    void anImageThatIsNotLikeThoseOfTheTrainingIsMarked() {
        // Given
        ForeignDetector detector = ForeignDetectors.ofUnitCircle();

        // When
        Foreignness near = foreignness(detector, new float[] {0.6f, 0.8f});
        Foreignness far = foreignness(detector, new float[] {30f, 40f});

        // Then
        assertThat(near.getForeign()).isFalse();
        assertThat(far.getForeign()).isTrue();
        assertThat(far.getPercentile()).isEqualTo(1);
        assertThat(far.getDistance()).isGreaterThan(20 * near.getDistance());
        assertThat(far.getFalseAlarmRate()).isEqualTo(0.05);
    }

    private static Score score(float[] probabilities, float[] embedding) {
        return new Score(probabilities, new Looks(embedding, ForeignDetectors.texture()));
    }

    private Foreignness foreignness(ForeignDetector detector, float[] embedding) {
        return factory.make(subject, score(new float[] {1, 0}, embedding), MODEL, Optional.of(detector))
                .getForeignness();
    }

    @Test
    void theResultIdFollowsFromImageModelAndCollectionAlone() {
        // When
        String id = ClassificationFactory.resultId("img-1", "m-1", "night-3");

        // Then: printf 'img-1\nm-1\nnight-3' | sha256sum
        assertThat(id).isEqualTo("4735924514b316481eb51b9b2af6e2fe9445c5d191c1297be6aa9e11a0512cd7");
        assertThat(ClassificationFactory.resultId("img-1", "m-1", "night-4")).isNotEqualTo(id);
    }
}
