package io.lensmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {

    private final ModelCatalogue catalogue = new ModelCatalogue();

    @Test
    void knowsTheNewestOfEachTask() {
        // Given
        catalogue.accept(published("c-2", ModelTask.CLASSIFIER, 20));
        catalogue.accept(published("c-1", ModelTask.CLASSIFIER, 10));
        catalogue.accept(published("d-1", ModelTask.DIFFUSION, 30));

        // When / Then
        assertThat(catalogue.find("latest", ModelTask.CLASSIFIER)).get().returns("c-2", ModelPublished::getModelId);
        assertThat(catalogue.newest(ModelTask.DIFFUSION)).get().returns("d-1", ModelPublished::getModelId);
        assertThat(catalogue.find("c-1", ModelTask.CLASSIFIER)).isPresent();
        assertThat(catalogue.find("c-1", ModelTask.DIFFUSION)).isEmpty();
        assertThat(catalogue.find("other", ModelTask.DIFFUSION)).isEmpty();
    }

    @Test
    void forgetsWithdrawnModels() {
        // Given
        catalogue.accept(published("d-1", ModelTask.DIFFUSION, 30));

        // When
        catalogue.withdraw("d-1");

        // Then
        assertThat(catalogue.find("latest", ModelTask.DIFFUSION)).isEmpty();
    }

    static ModelPublished published(String id, ModelTask task, long second) {
        return model(id, task)
                .setObjectPrefix("models/" + id + "/")
                .setFiles(List.of())
                .setCreatedAt(Instant.ofEpochSecond(second))
                .setCodeVersion("test")
                .build();
    }

    static ModelPublished.Builder model(String id, ModelTask task) {
        return ModelPublished.newBuilder()
                .setModelId(id)
                .setTask(task)
                .setNetwork("{}")
                .setInputSize(32)
                .setPreprocessing("minmax-v1")
                .setDataset("lenses")
                .setDatasetSha256("00")
                .setJobId(id);
    }
}
