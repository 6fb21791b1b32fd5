package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.jobs.WorkerStoppedException;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelCacheTest {

    private final ObjectStore store = new InMemoryObjectStore();
    private final PublishedModels published = new PublishedModels(ModelTask.CLASSIFIER, () -> {});
    private final Lanes lanes = new Lanes(2, Thread::new);
    private final ModelCache cache =
            new ModelCache(published, TinyModels.loader(store, 2), 2, lanes, ScoringMeasures.NONE);

    @AfterEach
    void close() {
        cache.close();
        lanes.close();
    }

    @Test
    void theNewestModelIsUsedAsSoonAsItIsPublished() throws Exception {
        // Given
        published.complete();
        published.accept(model("old", 1));
        String before = cache.newest().identity().modelId();

        // When
        published.accept(model("new", 2));

        // Then
        assertThat(before).isEqualTo("old");
        assertThat(cache.newest().identity().modelId()).isEqualTo("new");
        assertThat(cache.current()).contains("new");
    }

    @Test
    void aModelIsMadeReadyBeforeAnyImageAsksForIt() throws Exception {
        // Given
        AtomicInteger ready = new AtomicInteger();
        ScoringMeasures counting = new ScoringMeasures() {
            @Override
            public void networkCalled(long nanoseconds) {}

            @Override
            public void modelReady(long nanoseconds) {
                ready.incrementAndGet();
            }
        };
        try (ModelCache eager = new ModelCache(published, TinyModels.loader(store, 2), 2, lanes, counting)) {
            published.complete();
            eager.prepareNewest();
            int withoutModel = ready.get();
            published.accept(model("first", 1));

            // When
            eager.prepareNewest();
            eager.prepareNewest();
            LoadedModel model = eager.newest();

            // Then
            assertThat(withoutModel).isZero();
            assertThat(ready).hasValue(1);
            assertThat(model.identity().modelId()).isEqualTo("first");
        }
    }

    @Test
    void whileThereIsNoModelTheCallerWaits() throws Exception {
        // Given
        published.complete();
        CompletableFuture<LoadedModel> waiting = CompletableFuture.supplyAsync(this::newest);

        // When
        published.accept(model("first", 1));

        // Then
        assertThat(waiting.get(20, TimeUnit.SECONDS).identity().modelId()).isEqualTo("first");
    }

    @Test
    void nobodyGetsAnOlderModelBeforeTheCatalogueIsComplete() throws Exception {
        // Given
        published.accept(model("old", 1));
        CompletableFuture<LoadedModel> waiting = CompletableFuture.supplyAsync(this::newest);

        // When
        published.accept(model("new", 2));
        published.complete();

        // Then
        assertThat(waiting.get(20, TimeUnit.SECONDS).identity().modelId()).isEqualTo("new");
    }

    @Test
    void aDamagedModelLeavesTheOneBeforeItInUse() throws Exception {
        // Given
        published.complete();
        published.accept(model("good", 1));
        ModelPublished damaged = model("damaged", 2);
        store.delete(ObjectKey.of("models/damaged/model.safetensors"));

        // When
        published.accept(damaged);

        // Then
        assertThat(cache.newest().identity().modelId()).isEqualTo("good");
        assertThatThrownBy(() -> cache.pinned("damaged"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.UNKNOWN_MODEL));
    }

    @Test
    void anUnknownModelIsRefusedByName() {
        // Given
        published.complete();

        // When / Then
        assertThatThrownBy(() -> cache.pinned("nobody"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'nobody'");
    }

    @Test
    void oldModelsMakeRoomAndComeBackWhenAskedFor() throws Exception {
        // Given
        published.complete();
        for (int i = 0; i < 4; i++) {
            published.accept(model("m" + i, i));
        }

        // When
        for (int i = 0; i < 4; i++) {
            cache.pinned("m" + i);
        }

        // Then
        assertThat(cache.pinned("m0").identity().modelId()).isEqualTo("m0");
    }

    @Test
    void whoWaitsAtShutdownIsSentHome() {
        // Given
        published.complete();
        CompletableFuture<LoadedModel> waiting = CompletableFuture.supplyAsync(this::newest);

        // When
        published.close();

        // Then
        assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(WorkerStoppedException.class);
    }

    private LoadedModel newest() {
        try {
            return cache.newest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ModelPublished model(String id, long second) throws Exception {
        return TinyModels.publish(store, id, second, Instant.ofEpochSecond(second));
    }
}
