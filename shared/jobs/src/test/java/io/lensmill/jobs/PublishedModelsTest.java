package io.lensmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PublishedModelsTest {

    private PublishedModels.Refresh refresh = () -> {};
    private final PublishedModels models = new PublishedModels(ModelTask.CLASSIFIER, () -> refresh.run());

    @Test
    void aModelThatWasPublishedThisMomentIsFound() throws Exception {
        // Given
        models.complete();
        ModelPublished model = ModelCatalogueTest.published("fresh", ModelTask.CLASSIFIER, 1);
        refresh = () -> models.accept(model);

        // When / Then
        assertThat(models.find("fresh")).contains(model);
        assertThat(models.find("other")).isEmpty();
    }

    @Test
    void aWithdrawnModelIsNotUsedAnyMore() {
        // Given
        models.complete();
        models.accept(ModelCatalogueTest.published("gone", ModelTask.CLASSIFIER, 1));

        // When
        models.withdraw("gone");

        // Then
        assertThat(models.newestFirst()).isEmpty();
        assertThat(models.newestSoFar()).isEmpty();
    }

    @Test
    void nobodyIsToldThatAModelIsUnknownWhileTheTopicCannotBeRead() {
        // Given
        models.complete();
        refresh = () -> {
            throw new IOException("no broker");
        };

        // When / Then: for images and for requests alike; either is tried again
        assertThatThrownBy(() -> models.find("other")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> models.require("modelId", "other")).isInstanceOf(IOException.class);
    }

    @Test
    void nobodyGetsTheNewestModelBeforeTheCatalogueIsComplete() throws Exception {
        // Given
        models.accept(ModelCatalogueTest.published("older", ModelTask.CLASSIFIER, 1));
        CompletableFuture<List<ModelPublished>> newest = new CompletableFuture<>();
        Thread waiting = new Thread(() -> newest.complete(models.newestFirst()));
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.WAITING);

        // When
        models.accept(ModelCatalogueTest.published("newer", ModelTask.CLASSIFIER, 2));
        models.complete();

        // Then
        assertThat(newest.get(10, TimeUnit.SECONDS))
                .extracting(ModelPublished::getModelId)
                .containsExactly("newer", "older");
    }

    @Test
    void whoWaitsForAModelIsSentHomeAtShutdown() {
        // Given
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> models.awaitNewerThan(null));

        // When
        models.close();

        // Then
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(WorkerStoppedException.class);
    }

    @Test
    void aRefusalNamesTheModelsOfTheTask() {
        // Given
        models.accept(ModelCatalogueTest.published("d-1", ModelTask.DIFFUSION, 1));

        // When / Then
        assertRefused(
                "startFrom 'x' is unknown: no classifier model has been published yet. Train one first, with a request"
                        + " on lensmill.classifier.training-requests.");
        models.accept(ModelCatalogueTest.published("c-1", ModelTask.CLASSIFIER, 1));
        assertRefused("startFrom 'x' is no published classifier model; there are, newest first, c-1.");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> models.require("startFrom", "x"))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.code())
                        .isEqualTo(RefusalCode.UNKNOWN_MODEL))
                .hasMessage(message);
    }
}
