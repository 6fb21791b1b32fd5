package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SampleScoringTest {

    private static final String KEY = "samples/job-1/000000.npy";

    private final ObjectStore store = new InMemoryObjectStore();
    private final PublishedModels published = new PublishedModels(ModelTask.CLASSIFIER, () -> {});
    private final Lanes lanes = new Lanes(2, Thread::new);
    private final ModelCache cache =
            new ModelCache(published, TinyModels.loader(store, 2), 1, lanes, ScoringMeasures.NONE);
    private final SampleScoring scoring =
            new SampleScoring(store, cache, new ClassificationFactory(Clock.systemUTC()), lanes);

    @BeforeEach
    void publishModel() throws Exception {
        published.complete();
        published.accept(TinyModels.publish(store, "classifier", 1, Instant.EPOCH));
    }

    @AfterEach
    void close() {
        cache.close();
        lanes.close();
    }

    @Test
    void everyImageOfTheBatchIsScoredAsGenerated() throws Exception {
        // Given
        SampleBatch batch = batch(5, 8, 8);

        // When
        List<Classification> results = scoring.score(batch);

        // Then
        assertThat(results)
                .extracting(Classification::getImageId)
                .containsExactly("job-1/10", "job-1/11", "job-1/12", "job-1/13", "job-1/14");
        assertThat(results).allSatisfy(result -> {
            assertThat(result.getRole()).isEqualTo(ImageRole.GENERATED);
            assertThat(result.getCollection()).isEqualTo("made");
            assertThat(result.getReference()).isEqualTo("real");
            assertThat(result.getModelId()).isEqualTo("classifier");
            assertThat(result.getAttributes()).containsEntry("generatorModelId", "unet-1");
        });
    }

    @Test
    void imagesOfAClassCarryItAsTheirLabel() throws Exception {
        // Given
        SampleBatch batch = batch(2, 8, 8);
        batch.setLabel("vort");

        // When
        List<Classification> results = scoring.score(batch);

        // Then
        assertThat(results).extracting(Classification::getLabel).containsExactly("vort", "vort");
    }

    /** Left out, they would flatter the generator. */
    @Test
    void imagesThatShowNothingAreScoredWithAMark() throws Exception {
        // Given
        SampleBatch batch = batch(3, 8, 8);
        List<FloatImage> images = images(3, 8, 8, 0);
        images.set(1, new FloatImage(8, 8, new float[64]));
        byte[] array = NpyCodec.encodeBatch(images);
        store.put(ObjectKey.of(KEY), array);
        batch.setSha256(Sha256.hex(array));

        // When
        List<Classification> results = scoring.score(batch);

        // Then
        assertThat(results)
                .extracting(result -> result.getAttributes().get("noInformation"))
                .containsExactly(null, "true", null);
    }

    @Test
    void anArrayThatWasChangedIsRefused() throws Exception {
        // Given
        SampleBatch batch = batch(2, 8, 8);
        store.put(ObjectKey.of(KEY), NpyCodec.encodeBatch(images(2, 8, 8, 0.5f)));

        // When / Then
        assertRefused(batch, RefusalCode.UNDECODABLE, "SHA-256");
    }

    @Test
    void anArrayOfAnotherShapeThanStatedIsRefused() throws Exception {
        // Given
        SampleBatch batch = batch(4, 8, 8);
        batch.setCount(3);
        batch.setHeight(16);

        // When / Then
        assertRefused(batch, RefusalCode.WRONG_SHAPE, "[3, 16, 8]");
    }

    @Test
    void aMissingArrayIsRefused() throws Exception {
        // Given
        SampleBatch batch = batch(2, 8, 8);
        store.delete(ObjectKey.of(KEY));

        // When / Then
        assertRefused(batch, RefusalCode.OBJECT_NOT_FOUND, KEY);
    }

    @Test
    void sizesBeyondMemoryAreRefusedBeforeAnythingIsRead() throws Exception {
        // Given
        SampleBatch batch = batch(2, 8, 8);
        batch.setCount(Integer.MAX_VALUE);

        // When / Then
        assertRefused(batch, RefusalCode.INVALID_PARAMETER, "count must be 1 to");
    }

    @Test
    void keysThatLeadOutsideAreRefused() throws Exception {
        // Given
        SampleBatch batch = batch(2, 8, 8);
        batch.setArrayKey("samples/../models/x");

        // When / Then
        assertRefused(batch, RefusalCode.INVALID_PARAMETER, "arrayKey");
    }

    private void assertRefused(SampleBatch batch, RefusalCode code, String detail) {
        assertThatThrownBy(() -> scoring.score(batch))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(detail);
    }

    private SampleBatch batch(int count, int height, int width) throws Exception {
        byte[] array = NpyCodec.encodeBatch(images(count, height, width, 0));
        store.put(ObjectKey.of(KEY), array);
        return SampleBatch.newBuilder()
                .setJobId("job-1")
                .setModelId("unet-1")
                .setCollection("made")
                .setReference("real")
                .setFirstIndex(10)
                .setCount(count)
                .setHeight(height)
                .setWidth(width)
                .setArrayKey(KEY)
                .setSha256(Sha256.hex(array))
                .setCreatedAt(Instant.EPOCH)
                .build();
    }

    private static List<FloatImage> images(int count, int height, int width, float offset) {
        List<FloatImage> images = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            float[] pixels = new float[height * width];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = offset + (float) Math.cos(i + k);
            }
            images.add(new FloatImage(height, width, pixels));
        }
        return images;
    }
}
