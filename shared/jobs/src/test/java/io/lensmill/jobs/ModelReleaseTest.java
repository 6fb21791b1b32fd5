package io.lensmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectKey;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelReleaseTest {

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final ModelFiles files = new ModelFiles(store);

    @Test
    void writesFilesThatAreReadBack() throws Exception {
        // Given
        byte[] weights = {1, 2, 3};

        // When
        ModelPublished model = release(weights);

        // Then
        assertThat(model.getObjectPrefix()).isEqualTo("models/model-1/");
        assertThat(model.getFiles()).singleElement().satisfies(file -> {
            assertThat(file.getSizeBytes()).isEqualTo(3);
            assertThat(file.getSha256()).isEqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
        });
        assertThat(model.getCodeVersion()).matches("\\d.*");
        assertThat(files.read(model, ModelRelease.WEIGHTS)).isEqualTo(weights);
    }

    @Test
    void refusesAFileThatWasChanged() throws Exception {
        // Given
        ModelPublished model = release(new byte[] {1, 2, 3});
        store.put(ObjectKey.of("models/model-1/" + ModelRelease.WEIGHTS), new byte[] {1, 2, 4});

        // When / Then
        assertThatThrownBy(() -> files.read(model, ModelRelease.WEIGHTS))
                .isInstanceOf(ModelDamagedException.class)
                .hasMessageContaining("was changed or damaged");
        assertThatThrownBy(() -> files.read(model, "other.bin")).hasMessageContaining("has no file 'other.bin'");
        store.delete(ObjectKey.of("models/model-1/" + ModelRelease.WEIGHTS));
        assertThatThrownBy(() -> files.read(model, ModelRelease.WEIGHTS)).hasMessageContaining("cannot be read");
    }

    private ModelPublished release(byte[] weights) throws IOException {
        return new ModelRelease(store, new TickingClock())
                .write(ModelCatalogueTest.model("model-1", ModelTask.DIFFUSION), Map.of(ModelRelease.WEIGHTS, weights));
    }
}
