package io.lensmill.classifier.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.storage.InMemoryObjectStore;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PublishedModelsTest {

    private final AtomicReference<Runnable> refresh = new AtomicReference<>(() -> {});
    private final PublishedModels models =
            new PublishedModels(() -> refresh.get().run());

    @Test
    void aModelThatWasPublishedThisMomentIsFound() throws Exception {
        // Given
        models.complete();
        ModelPublished model = TinyModels.publish(new InMemoryObjectStore(), "fresh", 1, Instant.EPOCH);
        refresh.set(() -> models.accept(model));

        // When / Then
        assertThat(models.find("fresh")).contains(model);
        assertThat(models.find("other")).isEmpty();
    }

    @Test
    void aWithdrawnModelIsNotUsedAnyMore() throws Exception {
        // Given
        models.complete();
        models.accept(TinyModels.publish(new InMemoryObjectStore(), "gone", 1, Instant.EPOCH));

        // When
        models.withdraw("gone");

        // Then
        assertThat(models.newestFirst()).isEmpty();
        assertThat(models.newestSoFar()).isEmpty();
    }
}
