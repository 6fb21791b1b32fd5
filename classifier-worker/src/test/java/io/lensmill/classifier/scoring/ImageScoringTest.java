package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageFormat;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageScoringTest {

    private static final ImageLimits LIMITS = new ImageLimits(64, 20_000);

    private final ObjectStore store = new InMemoryObjectStore();
    private final PublishedModels published = new PublishedModels(ModelTask.CLASSIFIER, () -> {});
    private final Lanes lanes = new Lanes(2, Thread::new);
    private final ModelCache cache =
            new ModelCache(published, TinyModels.loader(store, 2), 2, lanes, ScoringMeasures.NONE);
    private final ImageScoring scoring = new ImageScoring(
            new ImageIntake(store, LIMITS), cache, new ClassificationFactory(Clock.systemUTC()), lanes);

    @BeforeEach
    void publishModels() throws Exception {
        published.complete();
        published.accept(TinyModels.publish(store, "older", 1, Instant.ofEpochSecond(1)));
        published.accept(TinyModels.publish(store, "newer", 2, Instant.ofEpochSecond(2)));
    }

    private List<Outcome> score(List<RawMessage> batch) throws IOException {
        return scoring.score(batch, new Outcome[batch.size()]);
    }

    @AfterEach
    void close() {
        cache.close();
        lanes.close();
    }

    @Test
    void everyMessageOfABatchHasItsOwnOutcomeInItsOwnPlace() throws Exception {
        // Given
        List<RawMessage> batch = List.of(
                bare("a", npy(1)),
                bare("b", "no image".getBytes(StandardCharsets.UTF_8)),
                enveloped("c", image -> image.setModelId("older").setLabel("subhalo")),
                enveloped("d", image -> image.setModelId("unheard-of")),
                enveloped("e", image -> image.setLabel("cat")),
                new RawMessage("f", null, Map.of()),
                bare("g", NpyCodec.encode(new FloatImage(2, 2, new float[] {0, Float.NaN, 0, 1}))),
                bare("h", npy(2)));

        // When
        List<Outcome> outcomes = score(batch);

        // Then
        assertThat(outcomes).hasSize(batch.size());
        assertThat(modelOf(outcomes.get(0))).isEqualTo("newer");
        assertThat(codeOf(outcomes.get(1))).isEqualTo(RefusalCode.UNDECODABLE);
        assertThat(modelOf(outcomes.get(2))).isEqualTo("older");
        assertThat(classified(outcomes.get(2)).getLabel()).isEqualTo("sphere");
        assertThat(codeOf(outcomes.get(3))).isEqualTo(RefusalCode.UNKNOWN_MODEL);
        assertThat(codeOf(outcomes.get(4))).isEqualTo(RefusalCode.UNKNOWN_CLASS);
        assertThat(codeOf(outcomes.get(5))).isEqualTo(RefusalCode.UNDECODABLE);
        assertThat(codeOf(outcomes.get(6))).isEqualTo(RefusalCode.NOT_FINITE);
        assertThat(classified(outcomes.get(7)).getImageId()).isEqualTo("h");
    }

    @Test
    void missingPixelsAreForModelsWhosePreprocessingFillsThem() throws Exception {
        // Given
        ModelPublished filling = TinyModels.publish(store, "filling", 3, Instant.ofEpochSecond(3));
        filling.setPreprocessing("minmax-v2");
        published.accept(filling);
        float[] pixels = new float[64];
        pixels[3] = Float.NaN;
        pixels[5] = 1;
        byte[] cutout = NpyCodec.encode(new FloatImage(8, 8, pixels));

        // When
        List<Outcome> outcomes = score(List.of(bare("a", cutout)));

        // Then
        assertThat(modelOf(outcomes.get(0))).isEqualTo("filling");
    }

    @Test
    void imagesThatShowNothingAreRefusedAndGeneratedOnesMarked() throws Exception {
        // Given one value throughout, and a strip
        byte[] even = NpyCodec.encode(new FloatImage(24, 24, new float[576]));
        byte[] strip = NpyCodec.encode(new FloatImage(1, 64, new float[64]));

        // When
        List<Outcome> outcomes = score(List.of(
                bare("even", even),
                bare("strip", strip),
                enveloped(
                        "made", image -> image.setPixels(ByteBuffer.wrap(even)).setRole(ImageRole.GENERATED)),
                bare("fine", npy(1))));

        // Then
        assertThat(codeOf(outcomes.get(0))).isEqualTo(RefusalCode.NO_INFORMATION);
        assertThat(codeOf(outcomes.get(1))).isEqualTo(RefusalCode.NO_INFORMATION);
        assertThat(classified(outcomes.get(2)).getAttributes()).containsEntry("noInformation", "true");
        assertThat(classified(outcomes.get(3)).getAttributes()).doesNotContainKey("noInformation");
    }

    @Test
    void aRepeatedBatchSaysTheSameAgain() throws Exception {
        // Given
        List<RawMessage> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batch.add(bare("image-" + i, npy(i)));
        }

        // When
        List<Outcome> first = score(batch);
        List<Outcome> again = score(batch);

        // Then
        for (int i = 0; i < batch.size(); i++) {
            Classification expected = classified(first.get(i));
            Classification repeated = classified(again.get(i));
            repeated.setClassifiedAt(expected.getClassifiedAt());
            assertThat(repeated).isEqualTo(expected);
        }
    }

    @Test
    void imagesInTheStoreAreReadFromThere() throws Exception {
        // Given
        store.put(ObjectKey.of("inbox/one.npy"), npy(1));
        store.put(ObjectKey.of("inbox/large.npy"), new byte[30_000]);

        // When
        List<Outcome> outcomes = score(List.of(
                stored("one", "inbox/one.npy"),
                stored("missing", "inbox/none.npy"),
                stored("large", "inbox/large.npy"),
                stored("outside", "../secrets")));

        // Then
        assertThat(classified(outcomes.get(0)).getImageId()).isEqualTo("one");
        assertThat(codeOf(outcomes.get(1))).isEqualTo(RefusalCode.OBJECT_NOT_FOUND);
        assertThat(codeOf(outcomes.get(2))).isEqualTo(RefusalCode.TOO_LARGE);
        assertThat(codeOf(outcomes.get(3))).isEqualTo(RefusalCode.INVALID_PARAMETER);
    }

    @Test
    void bareFilesTakeCollectionAndLabelFromTheHeaders() throws Exception {
        // When
        Outcome outcome = score(List.of(new RawMessage("k", npy(1), Map.of("collection", "night", "label", "vortex"))))
                .get(0);

        // Then
        assertThat(classified(outcome).getCollection()).isEqualTo("night");
        assertThat(classified(outcome).getLabel()).isEqualTo("vort");
    }

    @Test
    void attributesComeBackUntouchedUnlessTheyAreHuge() throws Exception {
        // When
        List<Outcome> outcomes = score(List.of(
                enveloped("small", image -> image.setAttributes(Map.of("héllo", "wörld"))),
                enveloped("huge", image -> image.setAttributes(Map.of("text", "x".repeat(300_000))))));

        // Then
        assertThat(classified(outcomes.get(0)).getAttributes()).containsExactly(Map.entry("héllo", "wörld"));
        assertThat(codeOf(outcomes.get(1))).isEqualTo(RefusalCode.TOO_LARGE);
    }

    private static Classification classified(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Classified.class);
        return ((Outcome.Classified) outcome).classification();
    }

    private static String modelOf(Outcome outcome) {
        return classified(outcome).getModelId();
    }

    private static RefusalCode codeOf(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).reason().code();
    }

    private static RawMessage bare(String id, byte[] file) {
        return new RawMessage(id, file, Map.of());
    }

    private static RawMessage enveloped(String id, Consumer<LensImage.Builder> changes) {
        LensImage.Builder image =
                LensImage.newBuilder().setImageId(id).setFormat(ImageFormat.NPY).setPixels(ByteBuffer.wrap(npy(3)));
        changes.accept(image);
        return new RawMessage(id, Envelope.encode(image.build()), Map.of());
    }

    private static RawMessage stored(String id, String key) {
        return enveloped(id, image -> image.setPixels(null).setObjectKey(key));
    }

    private static byte[] npy(int seed) {
        float[] pixels = new float[24 * 24];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) Math.sin(i * (1 + 0.01 * seed));
        }
        return NpyCodec.encode(new FloatImage(24, 24, pixels));
    }
}
