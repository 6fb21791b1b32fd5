package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageFormat;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.embedded.EmbeddedObjectStore;
import io.lensmill.embedded.misbehaving.Fault;
import io.lensmill.embedded.misbehaving.MisbehavingStore;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.StoreObserver;
import io.lensmill.storage.StorePatience;
import io.lensmill.storage.StoreUnavailableException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in a store that misbehaves: each has its own outcome, and none is lost or refused for the store's sake. */
class StoreTroubleTest {

    private static final StorePatience QUICK =
            new StorePatience(Duration.ofSeconds(5), Duration.ofSeconds(20), 16 * 1024, Duration.ofMillis(70));
    private static final StorePatience ONE_ATTEMPT =
            new StorePatience(Duration.ZERO, Duration.ofSeconds(20), 16 * 1024, Duration.ofMillis(70));

    @TempDir
    Path directory;

    private EmbeddedObjectStore server;
    private MisbehavingStore misbehaving;
    private MinioObjectStore store;
    private ModelCache cache;
    private ImageScoring scoring;
    private final Lanes lanes = new Lanes(2, Thread::new);

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedObjectStore.start(directory);
        misbehaving = MisbehavingStore.before(server.settings());
        connect(QUICK);
    }

    private void connect(StorePatience patience) throws Exception {
        store = MinioObjectStore.connect(misbehaving.settings(), patience, StoreObserver.NONE);
        PublishedModels published = new PublishedModels(ModelTask.CLASSIFIER, () -> {});
        published.complete();
        published.accept(TinyModels.publish(store, "tiny", 1, Instant.ofEpochSecond(1)));
        cache = new ModelCache(published, TinyModels.loader(store, 2), 1, lanes, ScoringMeasures.NONE);
        cache.prepareNewest();
        scoring = new ImageScoring(
                new ImageIntake(store, new ImageLimits(64, 20_000)),
                cache,
                new ClassificationFactory(Clock.systemUTC()),
                lanes);
    }

    @AfterEach
    void stop() throws Exception {
        cache.close();
        lanes.close();
        store.close();
        misbehaving.close();
        server.close();
    }

    @Test
    void aBatchEndsThoughEveryThirdRequestIsTurnedAway() throws Exception {
        // Given
        List<RawMessage> batch = new ArrayList<>();
        for (int i = 0; i < 512; i++) {
            store.put(ObjectKey.of("inbox/" + i + ".npy"), npy(i));
            batch.add(stored("image-" + i, "inbox/" + i + ".npy"));
        }
        misbehaving.misbehave(".*", 3, Fault.BUSY);
        long before = misbehaving.requests();

        // When
        List<Outcome> outcomes = scoring.score(batch, new Outcome[batch.size()]);

        // Then: each object was asked for until it came, and none again because another did not come.
        assertThat(outcomes).allMatch(Outcome.Classified.class::isInstance);
        assertThat(misbehaving.requests() - before).isBetween(512L, 512L * 3 / 2 + 1);
    }

    @Test
    void everyAnswerAboutAnObjectRefusesItsImageAlone() throws Exception {
        // Given
        Map<Fault, RefusalCode> faults = new LinkedHashMap<>();
        faults.put(Fault.MISSING, RefusalCode.OBJECT_NOT_FOUND);
        faults.put(Fault.DENIED, RefusalCode.OBJECT_UNREADABLE);
        faults.put(Fault.ARCHIVED, RefusalCode.OBJECT_UNREADABLE);
        faults.put(Fault.KMS_DISABLED, RefusalCode.OBJECT_UNREADABLE);
        faults.put(new Fault.CutShort(500), RefusalCode.OBJECT_UNREADABLE);
        faults.put(Fault.DAMAGED, RefusalCode.OBJECT_UNREADABLE);
        faults.put(Fault.KEY_TOO_LONG, RefusalCode.INVALID_PARAMETER);
        List<RawMessage> batch = new ArrayList<>();
        List<RefusalCode> expected = new ArrayList<>();
        for (Map.Entry<Fault, RefusalCode> fault : faults.entrySet()) {
            String name = "inbox/" + batch.size() + ".npy";
            store.put(ObjectKey.of(name), npy(1));
            misbehaving.misbehave(name, fault.getKey());
            batch.add(stored(name, name));
            batch.add(inline("beside " + name));
            expected.add(fault.getValue());
            expected.add(null);
        }

        // When
        List<Outcome> outcomes = scoring.score(batch, new Outcome[batch.size()]);

        // Then
        assertThat(outcomes.stream().map(StoreTroubleTest::codeOf).toList()).isEqualTo(expected);
    }

    @Test
    void anObjectThatDoesNotComeLeavesItsOwnImageForTheNextAttempt() throws Exception {
        // Given
        connect(ONE_ATTEMPT);
        List<RawMessage> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            store.put(ObjectKey.of("inbox/" + i + ".npy"), npy(i));
            batch.add(stored("stored-" + i, "inbox/" + i + ".npy"));
            batch.add(inline("inline-" + i));
        }
        misbehaving.misbehave("inbox/19.npy", Fault.DROPPED);
        Outcome[] outcomes = new Outcome[batch.size()];

        // When
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> scoring.score(batch, outcomes))
                .withMessageContaining("inbox/19.npy");
        long open = Arrays.stream(outcomes).filter(Objects::isNull).count();
        misbehaving.behave();
        long before = misbehaving.requests();
        List<Outcome> all = scoring.score(batch, outcomes);

        // Then
        assertThat(open).isBetween(1L, 4L);
        assertThat(misbehaving.requests() - before).isEqualTo(open);
        assertThat(all).allMatch(Outcome.Classified.class::isInstance);
    }

    private static RefusalCode codeOf(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused ? refused.reason().code() : null;
    }

    private static RawMessage stored(String id, String key) {
        return message(LensImage.newBuilder().setImageId(id).setObjectKey(key));
    }

    private static RawMessage inline(String id) {
        return message(LensImage.newBuilder().setImageId(id).setPixels(ByteBuffer.wrap(npy(3))));
    }

    private static RawMessage message(LensImage.Builder image) {
        LensImage built = image.setFormat(ImageFormat.NPY).build();
        return new RawMessage(built.getImageId(), Envelope.encode(built), Map.of());
    }

    private static byte[] npy(int seed) {
        float[] pixels = new float[24 * 24];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) Math.sin(i * (1 + 0.01 * seed));
        }
        return NpyCodec.encode(new FloatImage(24, 24, pixels));
    }
}
