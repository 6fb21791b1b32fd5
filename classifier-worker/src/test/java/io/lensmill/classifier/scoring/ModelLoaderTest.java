package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.lensmill.classifier.foreign.ForeignDetector;
import io.lensmill.classifier.foreign.ForeignDetectors;
import io.lensmill.contracts.ModelFile;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.imaging.FloatImage;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelLoaderTest {

    private final ObjectStore store = new InMemoryObjectStore();
    private final ModelLoader loader = TinyModels.loader(store, 1);

    @Test
    void aPublishedModelScoresImages() throws Exception {
        // Given
        ModelPublished published = TinyModels.publish(store, "m-1", 1, Instant.EPOCH);

        // When
        try (LoadedModel model = loader.load(published)) {
            FloatImage prepared = model.prepare(new FloatImage(20, 30, ramp(600)));
            Score score = model.score(0, List.of(prepared)).get(0);

            // Then
            assertThat(score.probabilities()).hasSize(3);
            assertThat(score.embedding()).hasSize(published.getEmbeddingSize());
            assertThat(model.identity().extractorId())
                    .startsWith("m-1:" + published.getFiles().get(0).getSha256().substring(0, 16));
            assertThat(model.identity().trained()).isFalse();
        }
    }

    @Test
    void theSameImageGetsTheSameScoreInAnyBatch() throws Exception {
        // Given
        try (LoadedModel model = loader.load(TinyModels.publish(store, "m-2", 1, Instant.EPOCH))) {
            FloatImage one = model.prepare(new FloatImage(16, 16, ramp(256)));
            FloatImage other = model.prepare(new FloatImage(4, 4, ramp(16)));

            // When
            float[] alone = model.score(0, List.of(one)).get(0).probabilities();
            float[] inCompany = model.score(0, List.of(other, other, other, one, other))
                    .get(3)
                    .probabilities();

            // Then
            assertThat(inCompany).containsExactly(alone, offset(1e-6f));
        }
    }

    @Test
    void theSameImageGetsTheSameScoreInAnyLane() throws Exception {
        // Given
        ModelPublished published = TinyModels.publish(store, "m-6", 1, Instant.EPOCH);
        try (Lanes lanes = new Lanes(2, Thread::new);
                LoadedModel model = TinyModels.loader(store, 2).load(published)) {
            FloatImage image = model.prepare(new FloatImage(16, 16, ramp(256)));
            float[][] embeddings = new float[200][];

            // When
            lanes.run(200, (lane, first, end) -> {
                List<Score> scores = model.score(lane, Collections.nCopies(end - first, image));
                for (int i = first; i < end; i++) {
                    embeddings[i] = scores.get(i - first).embedding();
                }
            });

            // Then
            assertThat(List.of(embeddings)).allSatisfy(one -> assertThat(one).isEqualTo(embeddings[0]));
        }
    }

    @Test
    void aDetectorOfForeignImagesThatDoesNotFitTheModelIsNotUsed() throws Exception {
        // Given: it is of two features, the model has more; and one that is no file of this kind
        ModelPublished published = TinyModels.publish(store, "m-7", 1, Instant.EPOCH);
        ModelPublished unfit =
                withForeign(published, ForeignDetectors.ofUnitCircle().toBytes());

        // When / Then
        assertThatThrownBy(() -> loader.load(unfit))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("foreign.safetensors")
                .hasMessageContaining("embeddings of 2 numbers");
        ModelPublished broken = withForeign(published, new byte[100]);
        assertThatThrownBy(() -> loader.load(broken))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("foreign.safetensors");
    }

    private ModelPublished withForeign(ModelPublished published, byte[] file) throws IOException {
        store.put(ObjectKey.of(published.getObjectPrefix() + ForeignDetector.FILE), file);
        ModelPublished model = ModelPublished.newBuilder(published).build();
        List<ModelFile> files = new ArrayList<>(List.of(published.getFiles().get(0)));
        files.add(new ModelFile(ForeignDetector.FILE, (long) file.length, Sha256.hex(file)));
        model.setFiles(files);
        return model;
    }

    @Test
    void aModelFromBeforeThereWasADetectorHasNone() throws Exception {
        // Given
        ModelPublished published = TinyModels.publish(store, "m-8", 1, Instant.EPOCH);

        // When / Then
        try (LoadedModel model = loader.load(published)) {
            assertThat(model.foreign()).isEmpty();
        }
    }

    @Test
    void changedWeightsAreNotUsed() throws Exception {
        // Given
        ModelPublished published = TinyModels.publish(store, "m-3", 1, Instant.EPOCH);
        TinyModels.publish(store, "m-3", 2, Instant.EPOCH);

        // When / Then
        assertThatThrownBy(() -> loader.load(published))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("SHA-256");
    }

    @Test
    void missingWeightsAreNotUsed() throws Exception {
        // Given
        ModelPublished published = TinyModels.publish(store, "m-4", 1, Instant.EPOCH);
        store.delete(ObjectKey.of("models/m-4/model.safetensors"));

        // When / Then
        assertThatThrownBy(() -> loader.load(published)).isInstanceOf(UnusableModelException.class);
    }

    @Test
    void anAnnouncementThatContradictsItsNetworkIsNotUsed() throws Exception {
        // Given
        ModelPublished published = TinyModels.publish(store, "m-5", 1, Instant.EPOCH);
        published.setClasses(List.of("no", "sphere"));

        // When / Then
        assertThatThrownBy(() -> loader.load(published))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("2 classes");
    }

    @Test
    void aNetworkThatItsWeightsDoNotHaveIsNeverBuilt() throws Exception {
        // Given: with these settings a network of some gigabytes
        ModelPublished published = TinyModels.publish(store, "m-9", 1, Instant.EPOCH);
        published.setNetwork(new ResNetConfig(List.of(200, 200, 200, 200), 1024, false, true, 0, 3).toJson());
        published.setEmbeddingSize(8192);
        ModelLoader building = new ModelLoader(
                store,
                config -> {
                    throw new AssertionError("A network was built of " + config);
                },
                8,
                1,
                new ComputeLock(),
                ScoringMeasures.NONE);

        // When / Then
        assertThatThrownBy(() -> building.load(published))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("do not fit its network")
                .hasMessageContaining("The file has no tensor named layer");
    }

    private static float[] ramp(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = i;
        }
        return values;
    }
}
